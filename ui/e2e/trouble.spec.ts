import type { WebSocketRoute } from '@playwright/test';
import { answerAs, expect, lookEverywhere, signIn, test } from './fixtures';

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

test('a refused token is said on every page, once, until a new one is taken', async ({ home, plex, service }) => {
  test.slow();
  await plex.play({ rating_key: 33 });
  await expect(home.getByRole('article')).toBeVisible();
  await plex.direct('fault', { mode: 401 });
  await plex.direct('ws', { kind: 'close' });
  const said = home.getByText(`${plex.about.name} refuses the token`);
  const alert = home.getByRole('alert').filter({ has: said });
  const notice = home.getByRole('status').filter({ has: said });
  const way = home.getByRole('button', { name: 'Give it a new token' });
  await expect(alert).toContainText('Take a new token of the owner’s account', { timeout: 20_000 });
  await expect(said).toHaveCount(1);
  await expect(way).toHaveCount(1);
  await home.getByRole('link', { name: 'History' }).first().click();
  await expect(home.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  await expect(notice).toContainText('Nothing new is written down');
  await home.getByRole('link', { name: 'Home' }).first().click();
  await expect(alert).toBeVisible();
  await expect(said).toHaveCount(1);
  await home.goto(`${service.url}users`);
  await expect(notice).toBeVisible();
  await expect(said).toHaveCount(1);
  await lookEverywhere(home, 'token-refused');

  await way.click();
  const dialog = home.getByRole('dialog', { name: `A new token for ${plex.about.name}` });
  await dialog.getByRole('button', { name: 'Use this token' }).click();
  await expect(dialog.getByText('This is needed.')).toBeVisible();
  await dialog.getByLabel('Plex token', { exact: true }).fill(plex.about.token);
  await dialog.getByRole('button', { name: 'Use this token' }).click();
  await expect(dialog.getByRole('alert')).not.toBeEmpty();
  await lookEverywhere(home, 'token-new');
  await plex.direct('fault_clear');
  await dialog.getByRole('button', { name: 'Use this token' }).click();
  await expect(home.getByText(`${plex.about.name} accepts the new token.`)).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(said).toHaveCount(0, { timeout: 20_000 });
  await expect(home.getByRole('button', { name: /: Live$/ })).toBeVisible();
});

test('whoever cannot change the token is told who can', async ({ page, plex, service, clean }) => {
  expect(clean.complaints).toEqual([]);
  await page.route('**/graphql', (route) => answerAs(() => 'guest', route));
  await plex.direct('fault', { mode: 401 });
  await plex.direct('ws', { kind: 'close' });
  await signIn(page, service.url);
  const said = page.getByText(`${plex.about.name} refuses the token`);
  await expect(page.getByRole('alert').filter({ has: said })).toContainText('Whoever looks after this service', { timeout: 20_000 });
  await page.goto(`${service.url}history`);
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: /: Token refused$/ })).toBeVisible();
  await expect(said).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Give it a new token' })).toHaveCount(0);
  await plex.direct('fault_clear');
  await expect(page.getByRole('button', { name: /: Live$/ })).toBeVisible({ timeout: 20_000 });
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
