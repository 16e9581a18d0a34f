import type { Page } from '@playwright/test';
import { expect, gate, lookEverywhere, settle, test } from './fixtures';

const option = (page: Page, name: RegExp) => page.getByRole('option', { name });
const onServer = (page: Page) => page.getByRole('group', { name: 'On the server' });

async function find(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(text);
}

// The history is empty here: what is found is the server's own.
test('titles of the server are found, watched or not, and lead to their pages', async ({ home: page }) => {
  test.slow();
  let isAsked = false;
  const held = gate();
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('ServerTitles')) {
      isAsked = true;
      await held.opened;
    }
    await route.continue();
  });
  // One letter asks nobody.
  await find(page, 'h');
  await expect(page.getByText('Looking through the server…')).toHaveCount(0);
  await page.getByRole('combobox').fill('hanoi');
  await expect(page.getByText('Looking through the server…')).toBeVisible();
  await expect(option(page, /Look for “hanoi” in the history/)).toBeVisible();
  await expect.poll(() => isAsked).toBe(true);
  held.open();
  await expect(onServer(page).getByRole('option', { name: /^Harbor of Hanoi.*Movie$/ })).toBeVisible();
  await expect(page.getByText('Looking through the server…')).toHaveCount(0);
  await lookEverywhere(page, 'palette-server');
  // By keys alone: the ways to all titles and into the history, then the second title.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(option(page, /^Harbor of Hanoi/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Harbor of Hanoi', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/item\?key=33$/);
  await find(page, 'zzzz-no-such-title');
  await expect(page.getByText('The server has no title like this.')).toBeVisible();
  await settle(page);
});

test('a silent server takes nothing away from what else is found', async ({ home: page, plex }) => {
  test.slow();
  await find(page, 'hanoi');
  await expect(option(page, /^Harbor of Hanoi/)).toBeVisible();
  await page.keyboard.press('Escape');
  await plex.direct('down');
  await expect(page.getByRole('alert').filter({ hasText: 'does not answer' }).first()).toBeVisible();
  await find(page, 'movies');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText('so its titles are missing here', { timeout: 30_000 });
  await expect(option(page, /^Movies.*Libraries$/).first()).toBeVisible();
  await lookEverywhere(page, 'palette-silent');
  await plex.direct('up');
  await page.getByRole('combobox').fill('hanoi');
  await expect(async () => {
    const again = dialog.getByRole('button', { name: 'Try again' });
    if (await again.isVisible()) await again.click();
    await expect(option(page, /^Harbor of Hanoi/)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  // Whoever comes next finds it live.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /: Live$/ })).toBeVisible({ timeout: 60_000 });
});

test('all titles of a name have a page with an address', async ({ home: page }) => {
  await find(page, 'hanoi');
  await option(page, /Look for “hanoi” on the server/).click();
  await expect(page).toHaveURL(/search\?q=hanoi$/);
  const movies = page.getByRole('region', { name: 'Movies' });
  await expect(movies.getByRole('link', { name: /^Harbor of Hanoi/ })).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Title on the server' });
  await expect(field).toHaveValue('hanoi');
  await field.fill('no-such-title');
  await expect(page.getByText('The server has nothing called “no-such-title”')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(page.getByRole('heading', { name: 'Write what you look for' })).toBeVisible();
  await expect(page).toHaveURL(/search$/);
  await page.goto(`${page.url()}?q=h&kind=SHOW`);
  await expect(page.getByRole('heading', { name: 'Write what you look for' })).toBeVisible();
  await find(page, 'a');
  await page.keyboard.press('Escape');
  await field.fill('ha');
  await expect(page.getByRole('button', { name: 'Shows', exact: true })).toHaveAttribute('aria-pressed', 'true');
});
