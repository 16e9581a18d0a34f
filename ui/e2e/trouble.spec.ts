import type { WebSocketRoute } from '@playwright/test';
import { expect, signIn, test } from './fixtures';

test('a lost Plex is said at once, keeps what it knew, and comes back', async ({ home, plex }) => {
  await plex.play({ rating_key: 33 });
  await expect(home.getByRole('article')).toBeVisible();
  await plex.direct('down');
  const alert = home.getByRole('alert').filter({ hasText: 'does not answer' });
  await expect(alert).toBeVisible();
  await expect(alert).toContainText(/since \d\d:\d\d/);
  await expect(home.getByRole('article')).toHaveAttribute('data-stale', 'true');
  await expect(home.getByRole('heading', { name: 'Nobody is watching' })).toHaveCount(0);
  await expect(home.getByRole('button', { name: /: Unreachable$/ })).toBeVisible();
  await home.reload();
  await expect(alert).toBeVisible();
  await expect(home.getByRole('heading', { name: 'Nobody is watching' })).toHaveCount(0);
  await plex.direct('up');
  await expect(home.getByRole('button', { name: /: Live$/ })).toBeVisible({ timeout: 20_000 });
  await expect(alert).toHaveCount(0);
});

test('a refused token is said with what to do', async ({ home, plex }) => {
  await plex.play({ rating_key: 33 });
  await expect(home.getByRole('article')).toBeVisible();
  await plex.direct('fault', { mode: 401 });
  await plex.direct('ws', { kind: 'close' });
  await expect(home.getByRole('alert').filter({ hasText: 'refuses the token' })).toBeVisible({ timeout: 20_000 });
  await plex.direct('fault_clear');
  await expect(home.getByRole('button', { name: /: Live$/ })).toBeVisible({ timeout: 20_000 });
});

test('a closed notification socket is only a quiet hint', async ({ home, plex }) => {
  await plex.direct('fault', { mode: 404, path: 'websockets' });
  await plex.direct('ws', { kind: 'close' });
  await expect(home.getByText(/is being polled/)).toBeVisible({ timeout: 20_000 });
  await expect(home.getByRole('alert')).toHaveCount(0);
  await expect(home.getByRole('heading', { name: 'Nobody is watching' })).toBeVisible();
  await plex.direct('fault_clear');
  await expect(home.getByRole('button', { name: /: Live$/ })).toBeVisible({ timeout: 30_000 });
});

test('our own lost line dims what is old and heals with a fresh snapshot', async ({ page, plex, service, clean }) => {
  expect(clean.complaints).toEqual([]);
  await plex.direct('stop_all');
  let cut = false;
  const lines = new Set<WebSocketRoute>();
  await page.routeWebSocket('**/graphql', (line) => {
    if (cut) {
      void line.close({ code: 1012 });
      return;
    }
    lines.add(line);
    line.connectToServer();
  });
  await plex.play({ rating_key: 33 });
  await page.clock.install();
  await signIn(page, service.url);
  await expect(page.getByRole('article')).toBeVisible();
  cut = true;
  for (const line of lines) await line.close({ code: 1012 });
  await expect(page.getByText('Connection lost')).toBeVisible();
  await expect(page.getByRole('article')).toHaveAttribute('data-stale', 'true');
  await expect(page.getByRole('button', { name: /^Stop Harbor of Hanoi/ })).toBeDisabled();
  await plex.play({ rating_key: 66 });
  // With the clock held nothing is tried again by itself.
  await page.clock.pauseAt(Date.now() + 60_000);
  cut = false;
  await page.getByRole('button', { name: 'Reconnect now' }).click();
  await page.clock.resume();
  await expect(page.getByText('Connection lost')).toHaveCount(0);
  await expect(page.getByRole('article')).toHaveCount(2);
  await expect(page.locator('[data-stale]')).toHaveCount(0);
});

test('a service that restarts is found again without a touch', async ({ page, plex, service }) => {
  await plex.direct('stop_all');
  await plex.play({ rating_key: 33 });
  await signIn(page, service.url);
  await expect(page.getByRole('article')).toBeVisible();
  await service.stop();
  await expect(page.getByText('Connection lost')).toBeVisible();
  await service.startAgain();
  await expect(page.getByText('Connection lost')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByRole('article')).toBeVisible();
  await expect(page.locator('[data-stale]')).toHaveCount(0);
});
