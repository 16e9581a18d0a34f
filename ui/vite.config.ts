import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { Kind, parse, print, stripIgnoredCharacters, visit, type DefinitionNode } from 'graphql';
import { defineConfig, type Plugin } from 'vite';

const service = process.env['TAUTULLI_URL'] ?? 'http://127.0.0.1:8181';

/** The text of an operation with the fragments that it uses, from the documents beside the code. */
function textOf(operation: string): string {
  const folder = new URL('src/', import.meta.url);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.graphql'));
  const all = new Map<string, DefinitionNode>();
  for (const path of paths) {
    for (const one of parse(readFileSync(new URL(path, folder), 'utf8')).definitions) {
      if ((one.kind === Kind.OPERATION_DEFINITION || one.kind === Kind.FRAGMENT_DEFINITION) && one.name) all.set(one.name.value, one);
    }
  }
  const used = new Set<string>();
  const use = (name: string) => {
    const definition = all.get(name);
    if (!definition) throw new Error(`no document has ${name}`);
    if (used.has(name)) return;
    used.add(name);
    visit(definition, { FragmentSpread: ({ name: { value } }) => use(value) });
  };
  use(operation);
  return stripIgnoredCharacters([...used].map((name) => print(all.get(name) as DefinitionNode)).join('\n'));
}

/** A classic script in the head, since it must run before anything is painted and inline scripts are forbidden. */
function beforePaint(): Plugin {
  const script = readFileSync(new URL('scripts/before-paint.js', import.meta.url), 'utf8');
  const source = script.replace("'__START__'", JSON.stringify(textOf('Start')));
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
  const name = `assets/before-paint-${hash}.js`;
  return {
    name: 'before-paint',
    configureServer(server) {
      server.middlewares.use(`/${name}`, (_request, response) => {
        response.setHeader('content-type', 'text/javascript').end(source);
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: name, source });
    },
    transformIndexHtml: (html) => html.replace('<!-- before-paint -->', `<script src="${name}"></script>`),
  };
}

/** The English catalogue in two, since everybody fetches it before the first page is there. */
function stringsInTwo(): Plugin {
  const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  const parts = ['first', 'later'].map((part) => `virtual:strings/${part}`);
  return {
    name: 'strings-in-two',
    resolveId: (id) => (parts.includes(id) ? `\0${id}` : undefined),
    load(id) {
      if (!parts.includes(id.slice(1))) return undefined;
      const later = read('scripts/later-strings.json') as string[];
      const areas = Object.entries(read('src/strings/en.json') as object);
      const wanted = areas.filter(([area]) => later.includes(area) === id.endsWith('later'));
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(wanted)))})`;
    },
  };
}

/** What every page needs, in one file: fewer requests, and it stays cached when only our own code changes. */
const BASE = /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-router|router-core|history|react-store|store)|urql|@urql|wonka|@0no-co|i18next|react-i18next|graphql-ws)\//;

export default defineConfig({
  // The service puts its own prefix into <base>, so every address is relative.
  base: './',
  plugins: [react(), beforePaint(), stringsInTwo()],
  build: {
    outDir: '.build',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox125', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: BASE }, { name: 'first', tags: ['$initial'] }] } } },
  },
  server: {
    port: 43010,
    strictPort: true,
    proxy: {
      '/graphql': { target: service, ws: true },
      '/image': { target: service },
      '/import/upload': { target: service },
      '/readyz': { target: service },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
} as Parameters<typeof defineConfig>[0]);
