import type { Page } from '@playwright/test';
import { answerAs, expect, expectSound, gate, look, lookEverywhere, lookThemes, signIn, SIZES, test } from './fixtures';
import type { Plex } from './house';

const CROWD = [
  { rating_key: 33, decision: 'directplay', user: 1000001, offset: 1_500_000, location: 'lan' },
  { rating_key: 66, decision: 'transcode', location: 'wan', offset: 5_400_000, user: 1000304 },
  { rating_key: 45, decision: 'hw', location: 'cellular', offset: 1_200_000, user: 1000607 },
  { rating_key: 453, decision: 'burn', location: 'relay', offset: 300_000, user: 1000405 },
  { rating_key: 113, decision: 'directstream', offset: 900_000, user: 1000708 },
  { rating_key: 1030, decision: 'music', user: 1000607 },
  { kind: 'live', channel: 1, user: 1000304 },
];

async function crowd(page: Page, plex: Plex): Promise<void> {
  const keys: number[] = [];
  for (const playback of CROWD) keys.push((await plex.play(playback)).session);
  await expect(page.getByRole('article')).toHaveCount(CROWD.length);
  await plex.direct('pause', { session: keys[2] });
  await plex.direct('buffer', { session: keys[3], times: 3 });
  await expect(page.getByText('Paused since')).toBeVisible();
  await expect(page.getByText('Buffering')).toBeVisible();
}

test('sign-in and an address that leads nowhere', async ({ page, service, clean }) => {
  test.slow();
  expect(clean.complaints).toEqual([]);
  await page.goto(service.url);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await lookEverywhere(page, 'sign-in');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).not.toBeEmpty();
  await lookEverywhere(page, 'sign-in-wrong');
  await page.goto(`${service.url}no/such/page`);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await lookEverywhere(page, 'missing');
});

test('what is not for everybody', async ({ page, plex, service, clean }) => {
  test.slow();
  expect(clean.complaints).toEqual([]);
  await plex.direct('stop_all');
  let access: 'guest' | 'none' = 'guest';
  await page.route('**/graphql', (route) => answerAs(() => access, route));
  await signIn(page, service.url);
  await expect(page.getByRole('heading', { name: 'Nobody is watching' })).toBeVisible();
  await page.goto(`${service.url}setup`);
  await expect(page.getByRole('heading', { name: 'You may not see this' })).toBeVisible();
  await expect(page.getByText('admin is not an administrator')).toBeVisible();
  await lookEverywhere(page, 'no-permission');
  access = 'none';
  await page.goto(service.url);
  await expect(page.getByText('Your account has no access any more')).toBeVisible();
  await lookEverywhere(page, 'no-access');
  access = 'guest';
  await page.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('quiet, streams, and a lost Plex', async ({ home, plex }) => {
  // Looking at the contrast of so many words takes its time.
  test.setTimeout(240_000);
  await lookEverywhere(home, 'quiet');
  await crowd(home, plex);
  await lookEverywhere(home, 'cards', { fullPage: true });
  await home.getByRole('button', { name: 'Transcode 4' }).click();
  await lookEverywhere(home, 'filtered');
  await home.getByRole('button', { name: 'Transcode 4' }).click();
  await home.getByRole('button', { name: 'List' }).click();
  await expect(home.getByRole('table')).toBeVisible();
  await lookEverywhere(home, 'list', { fullPage: true });
  await home.getByRole('button', { name: 'Cards' }).click();
  await plex.direct('down');
  await expect(home.getByRole('alert').filter({ hasText: 'does not answer' })).toBeVisible();
  await lookEverywhere(home, 'unreachable');
  await plex.direct('up');
  await expect(home.getByRole('button', { name: /: Live$/ })).toBeVisible({ timeout: 20_000 });
});

for (const { name, width, height } of SIZES) {
  test(`what opens above the page, ${name}`, async ({ home, plex }) => {
    test.slow();
    await home.setViewportSize({ width, height });
    await plex.play(CROWD[2]);
    await expect(home.getByRole('article')).toBeVisible();
    await home.getByRole('button', { name: /^Details of A Garden in Cusco/ }).click();
    await expect(home.getByRole('dialog').getByText('Timeline')).toBeVisible();
    await lookThemes(home, `details-${name}`);
    await home.keyboard.press('Escape');
    await expect(home.getByRole('dialog')).toBeHidden();
    await home.getByRole('button', { name: /^Stop A Garden in Cusco/ }).click();
    await expect(home.getByRole('dialog')).toBeVisible();
    await lookThemes(home, `stop-${name}`);
    await home.keyboard.press('Escape');
    await expect(home.getByRole('dialog')).toBeHidden();
    await home.keyboard.press('Control+k');
    await home.getByRole('combobox').fill('dark');
    // The theme, and the ways to the server's titles and into the history.
    await expect(home.getByRole('option')).toHaveCount(3);
    await lookThemes(home, `palette-${name}`);
    await home.keyboard.press('Escape');
    await expect(home.getByRole('dialog')).toBeHidden();
    await home.getByRole('button', { name: /^You, / }).click();
    await expect(home.getByRole('menu')).toBeVisible();
    await lookThemes(home, `account-${name}`);
    await home.keyboard.press('Escape');
    await expect(home.getByRole('menu')).toBeHidden();
    await home.getByRole('button', { name: /: Live$/ }).click();
    await expect(home.getByText('Changes arrive as they happen')).toBeVisible();
    await lookThemes(home, `server-${name}`);
    await home.keyboard.press('Escape');
  });
}

test('another language, and a hand that writes from right to left', async ({ home, plex }) => {
  await home.setViewportSize({ width: 390, height: 844 });
  await plex.play(CROWD[1]);
  await expect(home.getByRole('article')).toBeVisible();
  await home.getByRole('button', { name: /^You, / }).click();
  await home.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await expect(home.getByText('Umgewandelt').first()).toBeVisible();
  await expect(home.locator('html')).toHaveAttribute('lang', 'de');
  await look(home, 'german-phone-light', true);
  await home.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  await look(home, 'rtl-phone-light', true);
  await home.setViewportSize({ width: 1440, height: 900 });
  await look(home, 'rtl-desktop-light');
});

test('the last language that was chosen counts, and one that cannot come says so', async ({ home, clean }) => {
  clean.ignore(/Failed to load resource/);
  const held = gate();
  await home.route('**/assets/de-*.js', async (route) => {
    await held.opened;
    await route.continue();
  });
  await home.route('**/assets/fr-*.js', (route) => route.abort());
  const pick = async (language: string) => {
    await home.getByRole('button', { name: /^(You|Du), / }).click();
    await home.getByRole('menuitemradio', { name: language }).click();
  };
  const asked = home.waitForRequest('**/assets/de-*.js');
  await pick('Deutsch');
  await asked;
  await pick('English');
  held.open();
  await pick('Français');
  await expect(home.getByText(/^Français could not be loaded/)).toBeVisible();
  await expect(home.locator('html')).toHaveAttribute('lang', 'en');
  await pick('Deutsch');
  await expect(home.locator('html')).toHaveAttribute('lang', 'de');
  await home.reload();
  await expect(home.locator('html')).toHaveAttribute('lang', 'de');
});

test('a page whose program is gone says so, inside of the frame, and comes when it is loaded again', async ({ home, clean, service }) => {
  test.slow();
  clean.ignore(/Failed to (load resource|fetch dynamically imported module)|error occurred in/);
  // What the page is made of beyond what the others are: after an update it has another name.
  const parts = new Set<string>();
  const note = (request: { url: () => string }) => void (request.url().includes('/assets/') && parts.add(request.url()));
  await home.waitForLoadState('networkidle');
  home.on('request', note);
  await home.goto(`${service.url}revisions`);
  await expect(home.getByRole('heading', { name: 'Edits', level: 1 })).toBeVisible();
  home.off('request', note);
  const own = [...parts].filter((url) => /\/page-[^/]*\.js$/.test(url));
  expect(own.length).toBeGreaterThan(0);
  let gone = true;
  for (const url of own) await home.route(url, (route) => (gone ? route.fulfill({ status: 404 }) : route.continue()));
  await home.goto(`${service.url}revisions`);
  await expect(home.getByRole('heading', { name: 'This page could not be fetched', level: 1 })).toBeVisible();
  await expect(home.getByRole('navigation').first()).toBeVisible();
  await lookEverywhere(home, 'page-absent');
  gone = false;
  await home.getByRole('button', { name: 'Load again' }).click();
  await expect(home.getByRole('heading', { name: 'Edits', level: 1 })).toBeVisible();
});

test('while a page comes there is something to hear and to see, with and without the frame', async ({ home, service }) => {
  const held = gate();
  const loading = home.getByRole('main').getByRole('heading', { name: 'Loading', level: 1 });
  await home.route(/assets\/page-[^/]*\.js$/, async (route) => {
    await held.opened;
    await route.continue();
  });
  await home.getByRole('link', { name: 'Graphs' }).first().click();
  await expect(loading).toBeAttached();
  await expect(home.getByRole('navigation').first()).toBeVisible();
  await expectSound(home);
  await home.route('**/graphql', async (route) => {
    await held.opened;
    await route.continue();
  });
  await home.goto(`${service.url}about`);
  await expect(loading).toBeAttached();
  await expectSound(home);
  held.open();
  await expect(home.getByRole('heading', { name: 'Health' })).toBeVisible();
});

test('a stranger is shown no more than the door, and the theme stays', async ({ page, service, clean }) => {
  expect(clean.complaints).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await signIn(page, service.url);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  // Before the bundle has come: nothing may flash.
  await page.route('**/assets/index-*.js', () => undefined);
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});
