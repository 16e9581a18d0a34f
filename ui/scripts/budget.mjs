// Counts what a browser fetches before the activity page is interactive, and fails when it is too much.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const MOST = 200_000;
const FIRST = ['index.html', 'src/activity/page.tsx'];

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
  FIRST.forEach(visit);

  const size = { html: 0, js: 0, css: 0 };
  for (const file of files) {
    const kind = file.split('.').at(-1);
    size[kind] = (size[kind] ?? 0) + (await stat(join(folder, `${file}.br`))).size;
  }
  const all = Object.values(size).reduce((sum, bytes) => sum + bytes, 0);
  const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const parts = Object.entries(size).map(([kind, bytes]) => `${kind} ${kb(bytes)}`);
  console.log(`first load: ${kb(all)} brotli in ${files.size} files (${parts.join(', ')}); at most ${kb(MOST)}`);
  if (all > MOST) throw new Error(`the first load is ${kb(all - MOST)} too big`);
}
