import { expect, test } from './fixtures';

// OPS-01: what is done again and again is listed, and can be done now.
test('jobs say how they went and are done at once when somebody wants it', async ({ history, demo }) => {
  await history.goto(`${demo.url}about`);
  const jobs = history.getByRole('region', { name: 'Jobs' });
  const settings = jobs.getByRole('listitem').filter({ hasText: 'Back up the settings' });
  await expect(jobs.getByRole('listitem').filter({ hasText: 'Read libraries' })).toContainText('every 12 hrs · done');
  await expect(settings).toContainText('every 6 hrs');
  await settings.getByRole('button', { name: 'Back up the settings: do it now' }).click();
  await expect(settings).toContainText(/done (this minute|0 minutes ago)/);
});
