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

/** What every page needs, in one file: fewer requests, and it stays cached when only our own code changes. */
const BASE = /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-router|router-core|history|react-store|store)|urql|@urql|wonka|@0no-co|i18next|react-i18next|graphql-ws)\//;

export default defineConfig({
  // The service puts its own prefix into <base>, so every address is relative.
  base: './',
  plugins: [react(), beforePaint(), fetchHomeEarly()],
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
