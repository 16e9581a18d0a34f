// Builds everything into ../ui-dist. What is there is replaced at the very end, so that it always works.
import { spawnSync } from 'node:child_process';
import { rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { checkBudget } from './budget.mjs';
import { compress } from './compress.mjs';
import { hashSources } from './source-hash.mjs';

const ui = fileURLToPath(new URL('..', import.meta.url));
const made = `${ui}.build`;
const old = `${ui}.old`;
const target = `${ui}../ui-dist`;

function run(...command) {
  const { status } = spawnSync('npx', ['--no-install', ...command], { cwd: ui, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

run('graphql-codegen', '--silent', '--config', 'codegen.ts');
run('tsc', '--noEmit');
run('vite', 'build', '--logLevel', 'warn');
await compress(made);
await checkBudget(made);
await rm(`${made}/.vite`, { recursive: true });
const digest = await hashSources(ui);
await writeFile(`${made}/source.sha256`, `${digest}\n`);

await rm(old, { recursive: true, force: true });
await rename(target, old).catch((error) => {
  if (error.code !== 'ENOENT') throw error;
});
await rename(made, target);
await rm(old, { recursive: true, force: true });
console.log(`ui-dist is made from sources ${digest.slice(0, 12)}`);
