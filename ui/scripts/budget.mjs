// Counts what a browser fetches before the first page is interactive, and what each further page adds; fails when it is too much.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const MOST = 200_000;
/** A page's own files beyond the first load; charts, drawers and dialogs come when they are wanted. */
const MOST_OF_A_PAGE = 100_000;
const FIRST = 'index.html';

export async function checkBudget(folder) {
  const manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8'));
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  // The service looks for exactly this to put its prefix in.
  if (!html.includes('<base href="/">')) throw new Error('index.html has lost its <base href="/">');
  const first = html.search(/(?:src|href)="(?!\/")/);
  if (first < html.indexOf('<base')) throw new Error('an address stands before <base> in index.html');
  const files = new Set(['index.html', ...[...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].map(([, path]) => path)]);
  const seen = new Set();
  const visit = (name) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the manifest knows no ${name}`);
    if (seen.has(name)) return;
    seen.add(name);
    files.add(chunk.file);
    for (const sheet of chunk.css ?? []) files.add(sheet);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  visit(FIRST);

  const served = async (file) => (await stat(join(folder, `${file}.br`)).catch(() => stat(join(folder, file)))).size;
  const size = { html: 0, js: 0, css: 0 };
  for (const file of files) {
    const kind = file.split('.').at(-1);
    size[kind] = (size[kind] ?? 0) + (await served(file));
  }
  const all = Object.values(size).reduce((sum, bytes) => sum + bytes, 0);
  const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const parts = Object.entries(size).map(([kind, bytes]) => `${kind} ${kb(bytes)}`);
  console.log(`first load: ${kb(all)} brotli in ${files.size} files (${parts.join(', ')}); at most ${kb(MOST)}`);
  if (all > MOST) throw new Error(`the first load is ${kb(all - MOST)} too big`);

  for (const page of manifest[FIRST].dynamicImports ?? []) {
    if (!/^src\/[^/]+\/(page|user|library|item)\.tsx$/.test(page)) continue;
    const before = new Set(files);
    const known = new Set(seen);
    visit(page);
    let more = 0;
    for (const file of files) if (!before.has(file)) more += await served(file);
    console.log(`  ${page}: ${kb(more)} more`);
    if (more > MOST_OF_A_PAGE) throw new Error(`${page} is ${kb(more - MOST_OF_A_PAGE)} too big`);
    // Each page is counted as if it were the only one.
    for (const file of files) if (!before.has(file)) files.delete(file);
    for (const name of seen) if (!known.has(name)) seen.delete(name);
  }
}
