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

export default defineConfig({
  // The service puts its own prefix into <base>, so every address is relative.
  base: './',
  plugins: [react(), beforePaint()],
  build: {
    outDir: '.build',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox125', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
  server: {
    port: 43010,
    strictPort: true,
    proxy: {
      '/graphql': { target: service, ws: true },
      '/image': { target: service },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
} as Parameters<typeof defineConfig>[0]);
