// Puts a .br and a .gz beside every file that gains from it; the same bytes for the same input.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest|txt)$/;

/** Some files are so small that packing them makes them larger. */
async function keep(path, packed, bytes) {
  if (packed.length < bytes.length) await writeFile(path, packed);
}

export async function compress(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name));
  await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = await readFile(path);
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      await keep(`${path}.br`, await promisify(brotliCompress)(bytes, { params }), bytes);
      await keep(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }), bytes);
    }),
  );
}
