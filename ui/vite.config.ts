import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const service = process.env['TAUTULLI_URL'] ?? 'http://127.0.0.1:8181';

/** A classic script in the head, since it must run before anything is painted and inline scripts are forbidden. */
function beforePaint(): Plugin {
  const source = readFileSync(new URL('scripts/before-paint.js', import.meta.url), 'utf8');
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

/** The page that most visits lead to is fetched with the first files rather than after they have run. */
function fetchHomeEarly(): Plugin {
  return {
    name: 'fetch-home-early',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk');
        const page = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith('/src/home/page.tsx')));
        if (!page) return html;
        const files = [page.fileName, ...page.imports].filter((file) => !html.includes(file));
        const sheets = [...(page.viteMetadata?.importedCss ?? [])];
        const link = (rel: string) => (file: string) => ({
          tag: 'link',
          attrs: { rel, crossorigin: true, href: `./${file}` },
          // Behind <base>, which these addresses are relative to.
          injectTo: 'head' as const,
        });
        return [...files.map(link('modulepreload')), ...sheets.map(link('stylesheet'))];
      },
    },
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
  plugins: [react(), beforePaint(), stringsInTwo(), fetchHomeEarly()],
  build: {
    outDir: '.build',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox125', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: BASE }] } } },
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
