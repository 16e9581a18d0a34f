import { Service } from './house';
import { expect, look, test, watch } from './fixtures';

for (const viewport of [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]) {
  test(`from nothing to the first stream, ${viewport.width} wide`, async ({ page, plex }) => {
    await plex.direct('fault_clear');
    await plex.direct('stop_all');
    await plex.play({ rating_key: 33 });
    const service = await Service.start({ admin: false, env: { TAUTULLI_PLEXTV_URL: plex.about.plextv } });
    try {
      const watched = await watch(page, service.url);
      await page.setViewportSize(viewport);
      const [, token = ''] = await service.line(/setup token.*: ([0-9a-f]{16,})/);
      await page.goto(service.url);
      await expect(page.getByRole('heading', { name: 'Make your administrator' })).toBeVisible();
      await page.getByRole('button', { name: 'Make administrator' }).click();
      await expect(page.getByText('This is needed.')).toHaveCount(2);
      await look(page, `first-start-administrator-${viewport.width}`, true);

      await page.getByLabel('Setup token').fill('wrong-token');
      await page.getByLabel('Your name here').fill('owner');
      await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
      await page.getByLabel('Password again').fill('correct horse battery');
      await expect(page.getByText('Strong')).toBeVisible();
      await page.getByRole('button', { name: 'Make administrator' }).click();
      await expect(page.getByRole('alert').filter({ hasText: /token/i })).toBeVisible();
      await page.getByLabel('Setup token').fill(token);
      await page.getByRole('button', { name: 'Make administrator' }).click();

      await expect(page.getByRole('heading', { name: 'Connect your Plex server' })).toBeVisible();
      await page.reload();
      await expect(page.getByRole('heading', { name: 'Connect your Plex server' })).toBeVisible();
      await page.getByLabel('Address').fill(plex.about.pms);
      await page.getByLabel('Plex token', { exact: true }).fill('nonsense');
      await page.getByRole('button', { name: 'Test connection' }).click();
      await expect(page.getByText('That did not work')).toBeVisible();
      await look(page, `first-start-server-refused-${viewport.width}`, true);
      await page.getByLabel('Plex token', { exact: true }).fill(plex.about.token);
      await page.getByRole('button', { name: 'Test connection' }).click();
      await expect(page.getByText('It works')).toBeVisible();
      await expect(page.getByText(plex.about.name).first()).toBeVisible();
      await look(page, `first-start-server-works-${viewport.width}`, true);
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'You are all set' })).toBeVisible();
      await look(page, `first-start-done-${viewport.width}`, true);
      await page.getByRole('button', { name: 'See who is watching' }).click();
      await expect(page.getByRole('article')).toContainText('Harbor of Hanoi');
      expect(watched.complaints).toEqual([]);
    } finally {
      await service.end();
    }
  });
}
