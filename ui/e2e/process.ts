import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A child process with everything it has said. */
export type Child = { process: ChildProcess; said: () => string; line: (pattern: RegExp, patience?: number) => Promise<RegExpMatchArray>; end: () => Promise<void> };

const PATIENCE = 60_000;

/** Starts a program; `line` waits until something has been said. */
export function start(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Child {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.on('exit', () => listeners.forEach((listener) => listener()));
  return {
    process: child,
    said: () => text,
    line: (pattern, patience = PATIENCE) =>
      new Promise((resolve, reject) => {
        const fail = (why: string) => reject(new Error(`${command} ${why} before it said ${pattern}:\n${text.slice(-3000)}`));
        const timer = setTimeout(() => fail('took too long'), patience);
        const look = () => {
          const found = text.match(pattern);
          if (!found && child.exitCode === null) return;
          clearTimeout(timer);
          listeners.delete(look);
          if (found) resolve(found);
          else fail('ended');
        };
        listeners.add(look);
        look();
      }),
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** A port that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
