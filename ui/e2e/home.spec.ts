import type { Page, Route } from '@playwright/test';
import { expect, lookEverywhere, test } from './fixtures';

const WIDE = { width: 1440, height: 900 };
test.use({ viewport: WIDE });

type Says = 'truth' | 'nothing' | 'failure' | 'silence';

/** What the service says of what is new, from now on. */
async function direct(page: Page): Promise<(says: Says) => Promise<void>> {
  let now: Says = 'truth';
  const waiting: Route[] = [];
  await page.route('**/graphql', (route) => {
    const asked: unknown = route.request().postDataJSON();
    const mine = typeof asked === 'object' && asked !== null && 'operationName' in asked && asked.operationName === 'RecentlyAdded';
    if (!mine || now === 'truth') return route.continue();
    if (now === 'nothing') return route.fulfill({ json: { data: { recentlyAdded: [] } } });
    if (now === 'failure') return route.fulfill({ json: { data: null, errors: [{ message: 'No answer', extensions: { code: 'UPSTREAM' } }] } });
    waiting.push(route);
    return undefined;
  });
  return async (says) => {
    now = says;
    for (const route of waiting.splice(0)) await route.continue();
  };
}

const added = (page: Page) => page.getByRole('region', { name: 'Recently added' });

test('what is new stands on the first page and leads on (REC-05)', async ({ history }) => {
  const strip = added(history);
  await expect(strip.getByRole('link', { name: /ago|yesterday|minute/ }).first()).toBeVisible();
  await strip.getByRole('button', { name: 'Music' }).click();
  await expect(strip.getByRole('button', { name: 'Music' })).toHaveAttribute('aria-pressed', 'true');
  await strip.getByRole('button', { name: 'Movies' }).click();
  const first = strip.getByRole('listitem').first().getByRole('link');
  await expect(first).toHaveAttribute('href', /item\?guid=/);
  const box = await strip.getByRole('list').evaluate((list) => ({ left: list.scrollLeft, wide: list.scrollWidth > list.clientWidth }));
  expect(box.wide).toBe(true);
  await strip.getByRole('button', { name: 'Next', exact: true }).click();
  await expect.poll(() => strip.getByRole('list').evaluate((list) => list.scrollLeft)).toBeGreaterThan(box.left);
  await strip.getByRole('link', { name: 'See all' }).click();
  await expect(history).toHaveURL(/added\?kind=movies$/);
  await expect(history.getByRole('heading', { name: 'Recently added', level: 1 })).toBeVisible();
  const tiles = history.getByRole('list', { name: 'Recently added' }).getByRole('link');
  await expect(tiles).toHaveCount(48);
  await history.getByRole('button', { name: 'Show more' }).click();
  await expect(history).toHaveURL(/count=96/);
  await expect.poll(() => tiles.count()).toBeGreaterThan(48);
  const many = await tiles.count();
  await history.reload();
  await expect(tiles).toHaveCount(many);
  await tiles.first().click();
  await expect(history).toHaveURL(/item\?guid=/);
});

test('what is new looks like what it is: on its way, nothing, not known, old', async ({ history, demo }) => {
  test.slow();
  const say = await direct(history);
  await history.goto(`${demo.url}added`);
  await expect(history.getByRole('list', { name: 'Recently added' }).getByRole('link').first()).toBeVisible();
  await say('failure');
  // It could be asked before: what is there stays, and says that it is old.
  await history.getByRole('button', { name: 'Show more' }).click();
  await expect(history.getByRole('alert')).toContainText('Not up to date');
  await expect(history.getByRole('list', { name: 'Recently added' }).getByRole('link')).toHaveCount(48);
  await lookEverywhere(history, 'added-stale');
  await history.getByRole('button', { name: 'Music' }).click();
  await expect(history.getByRole('alert')).toContainText('The media server does not answer');
  await lookEverywhere(history, 'added-failed');
  await say('nothing');
  await history.getByRole('button', { name: 'Try again' }).click();
  await expect(history.getByText('Nothing of this kind has been added yet')).toBeVisible();
  await lookEverywhere(history, 'added-nothing');
  await say('silence');
  await history.goto(`${demo.url}added`);
  await expect(history.getByRole('heading', { name: 'Recently added', level: 1 })).toBeVisible();
  await expect(history.getByRole('main').getByRole('status').filter({ hasText: 'Loading' })).toBeAttached();
  await lookEverywhere(history, 'added-loading');
  await say('truth');
  await expect(history.getByRole('list', { name: 'Recently added' }).getByRole('link').first()).toBeVisible();
});

const regions = async (page: Page, names: string[]) => {
  const found = await page.getByRole('region').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('aria-label') ?? ''));
  return found.filter((name) => names.includes(name));
};

test('the first page is arranged by hand and by keys, and stays so', async ({ history, demo }) => {
  test.slow();
  const card = (name: string) => history.getByRole('region', { name, exact: true });
  await expect(card('Most watched movies').getByRole('listitem').first()).toBeVisible();
  await history.getByRole('button', { name: 'Arrange' }).click();
  const panel = history.getByRole('region', { name: 'Arrange' });
  const parts = ['Now playing', 'Recently added', 'Statistics', 'Libraries'];
  // By keys on the handle, which keeps the focus.
  const handle = panel.getByRole('button', { name: /^Move Now playing:/ });
  await handle.focus();
  await history.keyboard.press('ArrowDown');
  await expect(panel.getByRole('status')).toHaveText('Now playing: place 2 of 4');
  await expect(handle).toBeFocused();
  expect(await regions(history, parts)).toEqual(['Recently added', 'Now playing', 'Statistics', 'Libraries']);
  await panel.getByRole('button', { name: 'Hide Libraries' }).click();
  await expect(card('Libraries')).toHaveCount(0);
  // By hand.
  const grip = card('Most watched movies').getByRole('button', { name: /^Move Most watched movies:/ });
  await grip.scrollIntoViewIfNeeded();
  const from = await grip.boundingBox();
  const onto = await card('Most watched shows').boundingBox();
  if (!from || !onto) throw new Error('the cards are not on the screen');
  await history.mouse.move(from.x + 5, from.y + 5);
  await history.mouse.down();
  await history.mouse.move(onto.x + onto.width / 2, onto.y + 60, { steps: 6 });
  const cards = ['Most watched movies', 'Most watched shows', 'Most active users'];
  await expect.poll(() => regions(history, cards)).toEqual(['Most watched shows', 'Most watched movies', 'Most active users']);
  // Escape takes it back.
  await history.keyboard.press('Escape');
  await expect.poll(() => regions(history, cards)).toEqual(cards);
  await history.mouse.up();
  await card('Most active users').getByRole('button', { name: 'Move Most active users forward' }).click();
  await card('Most watched shows').getByRole('button', { name: 'Hide Most watched shows' }).click();
  await expect(history.locator('[data-asking]')).toHaveCount(0);
  await lookEverywhere(history, 'home-arrange');
  await history.setViewportSize(WIDE);
  await history.getByRole('button', { name: 'Done' }).click();
  await history.goto(demo.url);
  await expect(card('Most active users').getByRole('listitem').first()).toBeVisible();
  expect(await regions(history, cards)).toEqual(['Most watched movies', 'Most active users']);
  expect(await regions(history, parts)).toEqual(['Recently added', 'Now playing', 'Statistics']);
  await history.getByRole('button', { name: 'Arrange' }).click();
  await history.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => regions(history, parts)).toEqual(parts);
});

test('every line of a card leads to plays or to a page', async ({ history, demo }) => {
  test.slow();
  await expect(history.getByRole('region', { name: 'Most watched shows' }).getByRole('listitem').first()).toBeVisible();
  const dead = await history.locator('[data-list="cards"] li').evaluateAll((lines) =>
    lines.filter((line) => line.querySelectorAll('a[href*="/history?"]').length === 0 || !line.querySelector('a:not([aria-label])')).map((line) => line.textContent),
  );
  expect(dead).toEqual([]);
  // One number of each card, followed: the history has these plays.
  const ways = await history.locator('[data-list="cards"]').evaluateAll((cards) =>
    cards.map((card) => {
      const links = [...card.querySelectorAll('li a[href*="/history?"]')];
      return { name: card.getAttribute('aria-label'), href: links.at(-1)?.getAttribute('href') ?? '' };
    }),
  );
  expect(ways.length).toBeGreaterThan(7);
  await history.getByRole('region', { name: 'Most active users' }).locator('li a[href*="/history?"]').last().click();
  await expect(history.getByRole('row').nth(1)).toBeVisible();
  for (const { name, href } of ways) {
    await history.goto(new URL(href, demo.url).href);
    await expect(history.getByRole('row').nth(1), `${name}: ${href}`).toBeVisible();
  }
});

test('each line of a card says how it differs from the span before', async ({ history }) => {
  test.slow();
  const users = history.getByRole('region', { name: 'Most active users' });
  await expect(users.getByRole('listitem').first()).toContainText(/(more|less|as much) .*before|new/);
  await expect(history.getByText(/^Arrows compare with the span before, /)).toBeVisible();
  // The words are out of sight, and make nothing wider.
  await lookEverywhere(history, 'home-compared');
  await history.setViewportSize(WIDE);
  await history.getByRole('button', { name: 'All', exact: true }).last().click();
  await expect(history.getByText(/^Arrows compare/)).toHaveCount(0);
  await expect(users.getByRole('listitem').first()).not.toContainText('before');
  await history.getByRole('button', { name: '30 days' }).click();
  await expect(users.getByRole('listitem').first()).toContainText(/before|new/);
});
