import { expect, lookEverywhere, signIn, test, watch } from './fixtures';
import { Service } from './house';

// OPS-01: what is done again and again is listed, and can be done now.
test('jobs say how they went and are done at once when somebody wants it', async ({ history, demo }) => {
  await history.goto(`${demo.url}about`);
  const jobs = history.getByRole('region', { name: 'Jobs' });
  const settings = jobs.getByRole('listitem').filter({ hasText: 'Back up the settings' });
  await expect(jobs.getByRole('listitem').filter({ hasText: 'Read libraries' })).toContainText('every 12 hrs · done');
  await expect(jobs.getByRole('listitem').filter({ hasText: 'Measure libraries' })).toContainText('done');
  await expect(settings).toContainText('every 6 hrs');
  await settings.getByRole('button', { name: 'Back up the settings: do it now' }).click();
  await expect(settings).toContainText(/done (this minute|0 minutes ago)/);
});

test('a newer version of the media server is told on every page, until it is put away', async ({ page, plex }) => {
  test.slow();
  await plex.direct('update_available');
  const service = await Service.start({ plex });
  try {
    const watched = await watch(page, service.url);
    await signIn(page, service.url);
    const notice = page.getByRole('status').filter({ hasText: 'is out for' });
    await expect(notice).toBeVisible();
    await page.goto(`${service.url}users`);
    await expect(notice).toBeVisible();
    await lookEverywhere(page, 'release');
    await notice.getByRole('link', { name: 'What is new' }).click();
    await expect(page).toHaveURL(`${service.url}about`);
    // The notice has a link of these words; the notes come when Plex's own site has answered.
    await page.getByRole('main').locator('summary', { hasText: 'What is new' }).click();
    await expect(page.getByText('(Web) Something')).toBeVisible();
    await lookEverywhere(page, 'release-notes', { fullPage: true });
    await notice.getByRole('button', { name: /^Put away:/ }).click();
    await expect(notice).toHaveCount(0);
    await page.reload();
    await expect(page.getByText('What is new', { exact: true })).toBeVisible();
    await expect(notice).toHaveCount(0);
    expect(watched.complaints).toEqual([]);
  } finally {
    await plex.direct('update_none');
    await service.end();
  }
});
