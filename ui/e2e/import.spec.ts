import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { Service } from './house';
import { expect, expectSound, look, signIn, test, watch } from './fixtures';

const FILE = new URL('../../crates/import/fixtures/tautulli.db.gz', import.meta.url);

for (const viewport of [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]) {
  test(`a history is refused, previewed, imported and compared, ${viewport.width} wide`, async ({ page, plex }) => {
    test.slow();
    await plex.direct('fault_clear');
    await plex.direct('up');
    await plex.direct('stop_all');
    const service = await Service.start({ plex });
    try {
      const watched = await watch(page, service.url);
      await page.setViewportSize(viewport);
      await signIn(page, service.url);
      await page.goto(`${service.url}import`);
      const file = page.getByLabel('Choose a file').last();
      const go = page.getByRole('button', { name: 'Import', exact: true });
      await file.setInputFiles({ name: 'tautulli.db', mimeType: 'application/octet-stream', buffer: Buffer.from('this is no database') });
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.getByRole('alert')).not.toBeEmpty();
      await expect(go).toBeDisabled();

      await file.setInputFiles({ name: 'tautulli.db', mimeType: 'application/octet-stream', buffer: gunzipSync(await readFile(FILE)) });
      await page.getByRole('button', { name: 'Preview' }).click();
      await expect(page.getByRole('heading', { name: 'What would come of it' })).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText('Nothing has been written.')).toBeInViewport();
      const sums = page.getByRole('region', { name: 'Sums of file and database' });
      const plays = await sums.getByRole('row', { name: /^Plays/ }).getByRole('cell').allTextContents();
      expect(Number(plays[0]?.replace(/\D/g, ''))).toBeGreaterThan(4_000);
      await look(page, `import-preview-${viewport.width}`, true);

      await go.click();
      await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText('Everything that is in the file is here. The sums agree.')).toBeVisible();
      expect(await sums.getByRole('row', { name: /^Plays/ }).getByRole('cell').allTextContents()).toEqual(plays);
      await expect(page).toHaveURL(/\?run=\w+/);
      await expectSound(page);
      await look(page, `import-done-${viewport.width}`, true);
      // Its address tells of it again.
      await page.reload();
      await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();
      await page.getByRole('link', { name: 'To the history' }).click();
      await expect(page.getByRole('treegrid')).toBeVisible();
      expect(watched.complaints).toEqual([]);
    } finally {
      await service.end();
    }
  });
}
