import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';

/** The last day on which nothing is added any more, in every zone. */
export const yesterday = (): string => new Date(Date.now() - 26 * 3_600_000).toISOString().slice(0, 10);

/** What a menu item saves as a file. */
export async function saved(page: Page, menu: string, item: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: menu }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** A graph saved as a picture: it has a name, a ground in the colours of the page, a title and a legend. `SHOTS` keeps it there. */
export async function expectPicture(page: Page, menu: string, title: string, theme: 'dark' | 'light'): Promise<void> {
  const { name, bytes } = await saved(page, menu, 'Save as PNG');
  const shots = process.env['SHOTS'];
  if (shots) await writeFile(`${shots}/saved-${title.toLowerCase().replaceAll(' ', '-')}-${theme}.png`, bytes);
  expect(name).toBe(`${title}.png`);
  const seen = await page.evaluate(async (source) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const pen = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
    pen.drawImage(bitmap, 0, 0);
    // The band in which title and legend stand: how much of it is not the ground.
    const ground = [...pen.getImageData(2, 2, 1, 1).data];
    const band = pen.getImageData(0, 0, bitmap.width, 160).data;
    let marks = 0;
    for (let n = 0; n < band.length; n += 4) if (Math.abs((band[n] ?? 0) - (ground[0] ?? 0)) > 60) marks += 1;
    return { ground, marks };
  }, bytes.toString('base64'));
  expect(seen.ground[3], 'it has a ground').toBe(255);
  if (theme === 'dark') expect(seen.ground[0]).toBeLessThan(80);
  else expect(seen.ground[0]).toBeGreaterThan(200);
  expect(seen.marks, 'title and legend').toBeGreaterThan(1000);
}
