// One digest over everything that ui-dist is made from; a test of the service makes it too and compares.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const COUNTS = /^(index\.html|package\.json|package-lock\.json|vite\.config\.ts|tsconfig[^/]*\.json|codegen\.ts|(src|public|scripts)\/.*)$/;

async function listed(ui) {
  const top = await readdir(ui, { withFileTypes: true });
  const deep = ['src', 'public', 'scripts'].map((name) => readdir(join(ui, name), { recursive: true, withFileTypes: true }));
  const entries = [...top, ...(await Promise.all(deep)).flat()];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ui, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => COUNTS.test(path))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

export async function hashSources(ui) {
  const paths = await listed(ui);
  const lines = await Promise.all(paths.map(async (path) => `${sha256(await readFile(join(ui, path)))}  ${path}\n`));
  return sha256(lines.join(''));
}
