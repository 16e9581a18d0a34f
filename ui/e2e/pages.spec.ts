import type { Locator, Page } from '@playwright/test';
import { expect, expectSound, gate, look, lookEverywhere, lookThemes, settle, SIZES, test } from './fixtures';
import { ask } from './guest';

/** An address, and what is on the page once it is whole. */
const PAGES: [name: string, path: string, whole: (page: Page) => Promise<void>][] = [
  ['home', '', async (page) => expect(page.getByRole('region', { name: 'Most watched shows' }).getByRole('listitem').first()).toBeVisible()],
  ['activity', 'activity', async (page) => expect(page.getByRole('article').first()).toBeVisible()],
  ['added', 'added', async (page) => expect(page.getByRole('list', { name: 'Recently added' }).getByRole('link').first()).toBeVisible()],
  ['history', 'history', async (page) => expect(page.getByRole('row').nth(3)).toBeVisible()],
  ['history-filtered', 'history?days=30&type=episode&way=transcode', async (page) => expect(page.getByText('with these filters')).toBeVisible()],
  ['history-nothing', 'history?q=no-such-title-anywhere', async (page) => expect(page.getByText('No play fits these filters')).toBeVisible()],
  ['search', 'search?q=the', async (page) => expect(page.getByRole('region', { name: 'Shows' }).getByRole('link').first()).toBeVisible()],
  ['search-nothing', 'search?q=no-such-title-anywhere', async (page) => expect(page.getByText('The server has nothing called')).toBeVisible()],
  ['graphs', 'graphs', async (page) => expect(page.locator('canvas').first()).toBeVisible()],
  ['users', 'users', async (page) => expect(page.getByRole('row').nth(3)).toBeVisible()],
  ['libraries', 'libraries', async (page) => expect(page.getByRole('row').nth(3)).toBeVisible()],
  ['import', 'import', async (page) => expect(page.getByRole('heading', { name: 'What happens' })).toBeVisible()],
  ['revisions', 'revisions', async (page) => expect(page.getByRole('heading', { name: 'Edits', level: 1 })).toBeVisible()],
  ['about', 'about', async (page) => expect(page.getByText('Collector')).toBeVisible()],
];

/**
 * How far what was there has jumped since the page was opened; below 0.1 nobody is bothered. Where people come and go, the cards of
 * others make room: that is what they are for.
 */
const shift = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        type Shift = { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] };
        // A node that has gone since is told by none.
        const bothers = ({ node }: { node: Node | null }) => !!node && !(node instanceof Element ? node : node.parentElement)?.closest('[data-state]');
        const observer = new PerformanceObserver((list) => {
          const entries = list.getEntries() as unknown as Shift[];
          const jumps = entries.filter(({ hadRecentInput, sources }) => !hadRecentInput && sources.some(bothers));
          resolve(jumps.reduce((sum, { value }) => sum + value, 0));
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
      }),
  );

for (const [name, path, whole] of PAGES) {
  test(name, async ({ history, demo }) => {
    test.slow();
    await lookEverywhere(history, name, {
      open: async () => {
        await history.goto(demo.url + path);
        await whole(history);
      },
      after: async () => expect(await shift(history), 'the page has jumped').toBeLessThan(0.1),
    });
  });
}

for (const { name, width, height } of SIZES) {
  test(`a user, a library and a play, ${name}`, async ({ history, demo }) => {
    test.slow();
    await history.setViewportSize({ width, height });
    await history.goto(`${demo.url}users`);
    const cut = (pictures: Locator) =>
      pictures.evaluateAll((all) => all.filter(({ clientWidth, clientHeight, parentElement }) => clientWidth !== parentElement?.clientWidth || clientHeight !== parentElement.clientHeight).length);
    const faces = history.getByRole('row').locator('img');
    await expect(faces.first()).toBeVisible();
    expect(await cut(faces), 'pictures that their circles cut').toBe(0);
    await history.getByRole('row').nth(1).getByRole('rowheader').getByRole('link').click();
    await expect(history.getByRole('heading', { name: 'Players' })).toBeVisible();
    await history.getByRole('region', { name: 'By hour of the day' }).scrollIntoViewIfNeeded();
    await expect(history.locator('canvas').first()).toBeVisible();
    await lookThemes(history, `user-${name}`);
    await history.goto(`${demo.url}libraries`);
    await history.getByRole('link', { name: 'Shows', exact: true }).first().click();
    await expect(history.getByRole('heading', { name: 'Who watches' })).toBeVisible();
    await lookThemes(history, `library-${name}`);
    await history.goto(`${demo.url}history?type=track`);
    const covers = history.locator('[data-square] img');
    await expect(covers.first()).toBeVisible();
    expect(await cut(covers), 'covers that their frames cut').toBe(0);
    await history.goto(`${demo.url}history?type=episode`);
    await history.getByRole('row').nth(2).press('Enter');
    await expect(history.getByRole('dialog').getByText('Source and stream')).toBeVisible();
    await lookThemes(history, `play-${name}`);
    await history.getByRole('dialog').getByRole('heading', { level: 3 }).getByRole('link').click();
    await expect(history.getByRole('heading', { name: 'Who watches' })).toBeVisible();
    await lookThemes(history, `item-${name}`);
  });
}

test('graphs on a phone: the first one at once, everything else in a sheet', async ({ history, demo }) => {
  await history.setViewportSize({ width: 390, height: 844 });
  await history.goto(`${demo.url}graphs`);
  const first = history.getByRole('slider', { name: /^Plays over time/ });
  await expect(first).toBeVisible();
  await settle(history);
  const box = await first.boundingBox();
  // All of it, above the bar of places.
  expect((box?.y ?? 999) + (box?.height ?? 999)).toBeLessThan(844 - 62);
  await expect(history.getByRole('button', { name: 'Weeks' })).toHaveCount(0);
  await history.getByRole('button', { name: /^View and filters/ }).click();
  const sheet = history.getByRole('dialog', { name: 'View and filters' });
  await sheet.getByRole('button', { name: 'Weeks' }).click();
  await sheet.getByRole('button', { name: 'Time', exact: true }).click();
  await sheet.getByRole('button', { name: 'Compare with the span before' }).click();
  await sheet.getByRole('button', { name: '90 days' }).click();
  await expect(history).toHaveURL(/days=90/);
  await lookThemes(history, 'graphs-sheet');
  await sheet.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(sheet).toBeHidden();
  for (const part of [/by=week/, /measure=time/, /compare=1/]) await expect(history).toHaveURL(part);
  await expect(history.getByRole('region', { name: 'Plays over time' }).getByText(/^Span before/)).toBeVisible();
});

test('addresses over time: of everybody for a year, of single users for ever', async ({ history, demo }) => {
  await history.setViewportSize({ width: 1440, height: 900 });
  const { users } = await ask<{ users: { id: string; username: string }[] }>(history, demo, '{ users { id username } }');
  const mara = users.find(({ username }) => username === 'mara.hale')?.id ?? '';
  await history.goto(`${demo.url}graphs?days=90&by=week`);
  const chart = history.getByRole('region', { name: 'Different addresses over time' });
  await chart.scrollIntoViewIfNeeded();
  await expect(chart.locator('canvas')).toBeVisible();
  await look(history, 'graphs-addresses');
  await chart.getByRole('slider').focus();
  await history.keyboard.press('ArrowLeft');
  await expect(chart.getByRole('slider')).toHaveAttribute('aria-valuetext', /^Week of .*: Local \d+, Remote \d+, All \d+$/);
  await history.keyboard.press('Enter');
  await expect(history).toHaveURL(/history\?.*from=\d{4}-\d{2}-\d{2}&to=/);
  await history.goto(`${demo.url}graphs?all=1`);
  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toContainText('Choose a shorter span, or users.');
  await history.goto(`${demo.url}graphs?all=1&user=${mara}`);
  await chart.scrollIntoViewIfNeeded();
  await expect(chart.locator('canvas')).toBeVisible();
});

test('until an answer comes the one before is shown, legible and in its own units', async ({ history, demo }) => {
  await history.setViewportSize({ width: 1440, height: 900 });
  let held: ReturnType<typeof gate> | undefined;
  await history.route('**/graphql', async (route) => {
    await held?.opened;
    await route.continue();
  });
  await history.goto(`${demo.url}graphs?days=30`);
  const chart = history.getByRole('region', { name: 'Plays over time', exact: true });
  const shows = chart.getByRole('button', { name: /^Shows / });
  const plays = (await shows.textContent()) ?? '';
  expect(plays).toMatch(/^Shows [\d,]+$/);
  held = gate();
  await history.getByRole('button', { name: 'Time', exact: true }).click();
  await expect(history).toHaveURL(/measure=time/);
  await expect(chart.locator('[data-asking]')).toBeVisible();
  await expect(shows).toHaveText(plays);
  await look(history, 'graphs-asking');
  held.open();
  await expect(shows).toHaveText(/^Shows .*(hr|min)/);
  await expect(chart.locator('[data-asking]')).toHaveCount(0);

  held = undefined;
  await history.goto(demo.url);
  const average = history.getByRole('link', { name: /^A day, on average: / });
  await expect(history.getByRole('region', { name: 'Most watched shows' }).getByRole('listitem').first()).toBeVisible();
  const month = (await average.textContent()) ?? '';
  held = gate();
  await history.getByRole('button', { name: '7 days' }).click();
  await expect(history.locator('dl[data-asking]')).toBeVisible();
  await expect(average).toHaveText(month);
  await expect(average).toHaveAttribute('href', /days=30/);
  await look(history, 'home-asking');
  held.open();
  await expect(average).toHaveAttribute('href', /days=7/);
});

const SHOTS = process.env['SHOTS'];

test('more contrast, the few colours of the system, and no motion', async ({ history, demo }) => {
  test.slow();
  await history.setViewportSize({ width: 1440, height: 900 });
  const wishes = [{ contrast: 'more', colorScheme: 'dark' }, { contrast: 'more', colorScheme: 'light' }, { forcedColors: 'active', colorScheme: 'dark' }] as const;
  for (const [name, path, whole] of PAGES.filter(([name]) => ['home', 'activity', 'history', 'added'].includes(name))) {
    await history.emulateMedia({ reducedMotion: 'reduce' });
    await history.goto(demo.url + path);
    await whole(history);
    await settle(history);
    const moving = await history.evaluate(() => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration) > 1).length);
    expect(moving, `${name} moves`).toBe(0);
    for (const [n, wish] of wishes.entries()) {
      await history.emulateMedia({ contrast: null, forcedColors: null, reducedMotion: 'reduce', ...wish });
      await expectSound(history);
      if (SHOTS) await history.screenshot({ path: `${SHOTS}/${name}-wish${n}.png` });
    }
    await history.emulateMedia({ contrast: null, forcedColors: null });
  }
});

test('from right to left, and in German', async ({ history, demo }) => {
  await history.setViewportSize({ width: 390, height: 844 });
  await history.getByRole('button', { name: /^You, / }).click();
  await history.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await history.goto(`${demo.url}history?days=30`);
  await expect(history.getByRole('heading', { name: 'Verlauf', level: 1 })).toBeVisible();
  await expect(history.getByRole('row').nth(3)).toBeVisible();
  await history.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  await look(history, 'rtl-history-phone');
  await history.setViewportSize({ width: 1440, height: 900 });
  await look(history, 'rtl-history-desktop');
});
