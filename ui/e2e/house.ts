import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, start, type Child } from './process';

const built = (name: string) => fileURLToPath(new URL(`../../target/debug/${name}`, import.meta.url));
const SERVICE = process.env['TAUTULLI_BIN'] ?? built('tautulli');
const SIMULATOR = process.env['SIMPLEX_BIN'] ?? built('simplex');

export const ADMIN = { name: 'admin', password: 'a-long-password-1' };

/** A simulated Plex and its director. */
export class Plex {
  private constructor(
    private readonly child: Child,
    readonly about: { pms: string; plextv: string; admin: string; token: string; name: string },
  ) {}

  static async start(): Promise<Plex> {
    const child = start(SIMULATOR, ['serve', '--pms-port', '0', '--plextv-port', '0', '--admin-port', '0']);
    const [line] = await child.line(/^\{.*"admin".*\}$/m);
    return new Plex(child, JSON.parse(line));
  }

  /** Makes something happen; resolves when the director has answered, with the moment at which it did. */
  async direct(command: string, args: object = {}): Promise<{ result: Record<string, unknown>; at: number }> {
    const response = await fetch(`${this.about.admin}/__sim/${command}`, { method: 'POST', body: JSON.stringify(args) });
    const answer = await response.json();
    const at = Date.now();
    if (!answer.ok) throw new Error(`${command}: ${answer.error}`);
    return { result: answer.result, at };
  }

  /** Begins a playback and tells its key. */
  async play(args: object = {}): Promise<{ session: number; at: number }> {
    const { result, at } = await this.direct('start', args);
    return { session: Number(result['session_key']), at };
  }

  async terminations(): Promise<{ reason: string }[]> {
    const response = await fetch(`${this.about.admin}/__sim/state`);
    return (await response.json()).terminated;
  }

  end(): Promise<void> {
    return this.child.end();
  }
}

export type Wishes = { plex?: Plex; admin?: boolean; root?: string; env?: NodeJS.ProcessEnv };

/** The service over a simulated Plex with two years of history. */
export class Demo {
  private constructor(
    private readonly child: Child | null,
    readonly url: string,
  ) {}

  /** A demo of its own, or the one that `DEMO_URL` names: making two years takes a while when pages are worked on. */
  static async start(): Promise<Demo> {
    const running = process.env['DEMO_URL'];
    if (running) return new Demo(null, running);
    const port = await freePort();
    const child = start(SERVICE, ['demo', '--port', String(port)], { TAUTULLI_HTTP_HOST: '127.0.0.1' });
    await child.line(/plays of two years/, 220_000);
    return new Demo(child, `http://127.0.0.1:${port}/`);
  }

  async end(): Promise<void> {
    await this.child?.end();
  }
}

/** The real service on a folder of its own. */
export class Service {
  private constructor(
    private child: Child,
    readonly folder: string,
    readonly url: string,
    private readonly run: () => Child,
  ) {}

  static async start({ plex, admin = true, root = '', env = {} }: Wishes): Promise<Service> {
    const folder = await mkdtemp(join(tmpdir(), 'tautulli-ui-'));
    // Its database runs as another user, who must be able to enter.
    await chmod(folder, 0o755);
    const port = await freePort();
    const wanted: NodeJS.ProcessEnv = { TAUTULLI_HTTP_HOST: '127.0.0.1', TAUTULLI_HTTP_ROOT: root, DATABASE_URL: '', ...env };
    if (plex) Object.assign(wanted, { TAUTULLI_PMS_URL: plex.about.pms, TAUTULLI_PMS_TOKEN: plex.about.token, TAUTULLI_PLEXTV_URL: plex.about.plextv });
    if (admin) Object.assign(wanted, { TAUTULLI_ADMIN_USERNAME: ADMIN.name, TAUTULLI_ADMIN_PASSWORD: ADMIN.password });
    const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''));
    const run = () => start(SERVICE, ['serve', '--datadir', join(folder, 'data'), '--port', String(port)], given);
    const service = new Service(run(), folder, `http://127.0.0.1:${port}${root}/`, run);
    await service.child.line(/listening/);
    return service;
  }

  /** What the log says once it says it. */
  line(pattern: RegExp): Promise<RegExpMatchArray> {
    return this.child.line(pattern);
  }

  stop(): Promise<void> {
    return this.child.end();
  }

  async startAgain(): Promise<void> {
    this.child = this.run();
    await this.child.line(/listening/);
  }

  async end(): Promise<void> {
    await this.child.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
