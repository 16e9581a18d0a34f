import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

// Mantine's variables are told by hand, so a new component could ask for one that nobody tells.
it('tells every variable that the style sheets in use ask for', () => {
  const sources = readdirSync(new URL('..', import.meta.url), { recursive: true, encoding: 'utf8' });
  const sheets = new Set(
    sources
      .filter((path) => path.endsWith('.tsx'))
      .flatMap((path) => [...read(`../${path}`).matchAll(/@mantine\/core\/styles\/(\w+)\.css/g)].map(([, name]) => name ?? '')),
  );
  expect(sheets.size).toBeGreaterThan(8);
  const told = new Set([...read('mantine-variables.css').matchAll(/^\s*(--mantine-[\w-]+):/gm)].map(([, name]) => name));
  const asked = [...sheets].flatMap((sheet) =>
    [...read(`../../node_modules/@mantine/core/styles/${sheet}.css`).matchAll(/var\((--mantine-[\w-]+)/g)].map(([, name]) => name),
  );
  expect([...new Set(asked)].filter((name) => !told.has(name))).toEqual([]);
});
