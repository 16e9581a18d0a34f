import type { Page } from '@playwright/test';
import { expect, gate, look, settle, test } from './fixtures';
import { asGuest, ask } from './guest';
import { expectPicture } from './saved';

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } };

/** Both sizes and both themes of a page that is opened once. First parts of pages are looked at elsewhere. */
async function looks(page: Page, name: string): Promise<void> {
  for (const [size, theme] of [
    ['desktop', 'dark'],
    ['phone', 'light'],
  ] as const) {
    await page.setViewportSize(SIZES[size]);
    await page.emulateMedia({ colorScheme: theme });
    await settle(page);
    await look(page, `${name}-${size}-${theme}`, true);
  }
  await page.setViewportSize(SIZES.desktop);
}

const part = (page: Page, name: string) => page.getByRole('navigation', { name: 'Parts of this page' }).getByRole('link', { name });

// USR-02: everything that is known of a user has a place, and every number leads to the plays behind it.
test('a user: what was watched, from where, what is on devices', async ({ history: page, demo }) => {
  test.slow();
  await page.goto(`${demo.url}users?order=plays`);
  await page.getByRole('row').nth(1).getByRole('rowheader').getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Watched to the end' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Access' })).toBeVisible();
  await part(page, 'Addresses').click();
  await expect(page).toHaveURL(/tab=addresses/);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  const away = page.getByRole('button', { name: /^Where is/ });
  if ((await away.count()) > 0) {
    await away.first().click();
    await expect(page.getByRole('status').filter({ hasText: /,/ }).first()).toBeVisible();
  }
  await looks(page, 'user-addresses');
  const plays = page.getByRole('row').nth(1).getByRole('link', { name: /Show the plays/ });
  await plays.click();
  await expect(page).toHaveURL(/history\?user=.*&address=/);
  // The address is told first, while the page is still coming: who goes back before it is there has never left.
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  await page.goBack();
  await part(page, 'Sign-ins').click();
  await expect(page.getByRole('heading', { name: 'No sign-ins' })).toBeVisible();
  const { users } = await ask<{ users: { id: string; username: string }[] }>(page, demo, '{ users { id username } }');
  const mara = users.find(({ username }) => username === 'mara.hale');
  await page.goto(`${demo.url}users/${mara?.id}?tab=synced`);
  await expect(page.getByRole('rowheader', { name: 'The Tin Regatta' })).toBeVisible();
  await looks(page, 'user-synced');
  await part(page, 'Playlists').click();
  await page.getByRole('link', { name: /^Sunday cleaning/ }).click();
  await expect(page.getByRole('region', { name: 'What is in it' }).getByRole('listitem').first()).toBeVisible();
});

// USR-02: what tells an owner whether an account is shared.
test('a user: streams at once and addresses, each leading to the plays', async ({ history: page, demo }) => {
  test.slow();
  const { users } = await ask<{ users: { id: string; username: string }[] }>(page, demo, '{ users { id username } }');
  await page.goto(`${demo.url}users/${users.find(({ username }) => username === 'mara.hale')?.id}`);
  const panel = page.getByRole('region', { name: 'Sharing' });
  await panel.scrollIntoViewIfNeeded();
  await expect(panel).toContainText(/Last 90 days: at most \d+ streams? at once, and \d+ address(es)? in one day\./);
  await expect(panel.locator('canvas')).toHaveCount(2);
  for (const [size, theme] of [['desktop', 'light'], ['phone', 'dark']] as const) {
    await page.setViewportSize(SIZES[size]);
    await page.emulateMedia({ colorScheme: theme });
    await panel.scrollIntoViewIfNeeded();
    await look(page, `user-sharing-${size}-${theme}`);
  }
  await page.setViewportSize(SIZES.desktop);
  await panel.getByRole('button', { name: '365 days' }).click();
  await expect(panel).toContainText(/Last 365 days: at most .* in one week\./);
  await panel.getByRole('button', { name: 'All time' }).click();
  await expect(panel).toContainText(/All time: at most .* in one month\./);
  const addresses = panel.getByRole('slider', { name: /^Different addresses/ });
  await addresses.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(addresses).toHaveAttribute('aria-valuetext', /: \d+ address/);
  await expect(panel.getByRole('link', { name: 'Show these plays' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/history\?user=.*from=\d{4}-\d{2}-01&to=/);
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  // Somebody who has not played says so.
  await page.route('**/graphql', async (route) => {
    const { operationName } = (route.request().postDataJSON() ?? {}) as { operationName?: string };
    if (operationName !== 'GraphData') return route.continue();
    const none = { categories: [], series: [{ kind: 'TOTAL', values: [] }] };
    return route.fulfill({ json: { data: { graphs: { concurrency: none, addresses: none } } } });
  });
  await page.goBack();
  await panel.scrollIntoViewIfNeeded();
  await expect(panel).toContainText('Nothing was played in this time. Otherwise');
});

test('of one user nothing is shown while another one is asked for', async ({ history: page, demo }) => {
  const { users } = await ask<{ users: { id: string; username: string }[] }>(page, demo, '{ users { id username } }');
  await page.goto(`${demo.url}users/${users.find(({ username }) => username === 'mara.hale')?.id}`);
  await expect(page.getByRole('heading', { name: 'mara.hale', level: 1 })).toBeVisible();
  const held = gate();
  await page.route('**/graphql', async (route) => {
    const { operationName } = (route.request().postDataJSON() ?? {}) as { operationName?: string };
    if (operationName === 'UserPage') await held.opened;
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('casey');
  await page.getByRole('option', { name: /casey\.lim.*Users/ }).click();
  await expect(page).not.toHaveURL(new RegExp(users.find(({ username }) => username === 'mara.hale')?.id ?? ''));
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Loading' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'mara.hale' })).toHaveCount(0);
  held.open();
  await expect(page.getByRole('heading', { name: 'casey.lim', level: 1 })).toBeVisible();
});

// USR-02, USR-03: choices, hiding with all plays, and the way back.
test('a user is renamed, hidden and shown again with every play', async ({ history: page, demo }) => {
  test.slow();
  await page.goto(`${demo.url}users?q=theo`);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'theo.w', exact: true }).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name to show').fill('Theo the Great');
  await look(page, 'user-edit');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Theo the Great', level: 1 })).toBeVisible();
  const tile = page.getByRole('link', { name: /^Theo the Great: .* plays?\. Show the plays$/ }).last();
  const plays = async () => Number((await tile.textContent())?.replace(/\D/g, ''));
  const before = await plays();
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Hide…' }).click();
  await expect(dialog.getByText(/plays leave the history/)).toBeVisible();
  await look(page, 'user-hide');
  await dialog.getByRole('button', { name: 'Hide and delete the plays' }).click();
  await expect(page.getByText('This user is hidden')).toBeVisible();
  await expect(tile).toHaveText(/^0 plays$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('This user is hidden')).toBeHidden();
  // One more may have been played meanwhile.
  await expect.poll(async () => (await plays()) - before).toBeGreaterThanOrEqual(0);
  expect((await plays()) - before).toBeLessThan(3);
  const { users } = await ask<{ users: { id: string; username: string }[] }>(page, demo, '{ users { id username } }');
  await ask(page, demo, 'mutation ($id: ID!) { deleteUser(id: $id) { user { id } } }', { id: users.find(({ username }) => username === 'vic.moreno')?.id });
  await page.goto(`${demo.url}users?shown=hidden`);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'vic.moreno', exact: true }).click();
  await page.getByRole('button', { name: 'Show again' }).click();
  await expect(page.getByText('This user is hidden')).toBeHidden();
});

// LIB-02: how much the libraries hold, and how that grew.
test('libraries say how much they hold, and each how it grew', async ({ history: page, demo }) => {
  test.slow();
  type Held = { day: string; items: number; size: number; isReckoned: boolean };
  await page.goto(`${demo.url}libraries`);
  // They are measured soon after the server answers.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('row').filter({ hasText: 'movies' }).first()).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'movies' }).first()).toContainText(/[\d.]+ [GT]B/, { timeout: 1_000 });
  }).toPass();
  const size = page.getByRole('columnheader', { name: 'Size' });
  await size.getByRole('button').click();
  await expect(page).toHaveURL(/order=size/);
  await expect(size).toHaveAttribute('aria-sort', 'descending');
  // What has no size comes last either way.
  await expect(page.getByRole('row').last()).toContainText('–');
  await page.setViewportSize(SIZES.phone);
  await expect(page.getByRole('rowheader', { name: /^Movies \d+ movies · [\d.]+ GB$/ })).toBeVisible();
  await page.setViewportSize(SIZES.desktop);
  await page.getByRole('link', { name: 'Movies', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Growth', exact: true });
  await panel.scrollIntoViewIfNeeded();
  await expect(panel).toContainText(/\d+ movies, [\d.]+ GB in all\. Since .*: .*\. Since .*: \+.* GB, \+\d+ movies?\./);
  await expect(panel).toContainText('what was deleted earlier is missing');
  await expect(panel.locator('canvas')).toBeVisible();
  for (const [name, theme] of [['desktop', 'dark'], ['phone', 'light']] as const) {
    await page.setViewportSize(SIZES[name]);
    await page.emulateMedia({ colorScheme: theme });
    await panel.scrollIntoViewIfNeeded();
    await look(page, `library-growth-${name}-${theme}`);
  }
  await page.setViewportSize(SIZES.desktop);
  const slider = panel.getByRole('slider', { name: /^Growth/ });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /: .* movies?, reckoned$/);
  await page.keyboard.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', /: .* movies$/);
  await panel.getByRole('button', { name: '90 days' }).click();
  await expect(slider).toHaveAttribute('aria-valuemax', '89');
  await panel.getByRole('button', { name: 'Movies' }).click();
  await expectPicture(page, 'More about Growth', 'Growth', 'light');
  await panel.getByRole('button', { name: 'More about Growth' }).click();
  await page.getByRole('menuitem', { name: 'Show as a table' }).click();
  await expect(panel.getByRole('row')).toHaveCount(91);
  await look(page, 'library-growth-table');
  // What there is before the first measure, and where there is nothing to measure.
  let growth: Held[] = [];
  await page.route('**/graphql', (route) => {
    const { operationName } = (route.request().postDataJSON() ?? {}) as { operationName?: string };
    return operationName === 'LibraryGrowth' ? route.fulfill({ json: { data: { node: { growth } } } }) : route.continue();
  });
  await page.reload();
  await panel.scrollIntoViewIfNeeded();
  await expect(panel).toContainText('measured once a day; the first time soon after the server answers');
  growth = [{ day: '2026-01-05', items: 0, size: 0, isReckoned: false }];
  await page.reload();
  await panel.scrollIntoViewIfNeeded();
  await expect(panel).toContainText('This library is empty.');
  // A single measure is a point, and says nothing of before.
  growth = [{ day: '2026-01-05', items: 3, size: 4_500_000_000, isReckoned: false }];
  await page.reload();
  await panel.scrollIntoViewIfNeeded();
  await expect(panel).toContainText('3 movies, 4.5 GB in all.');
  await expect(panel).not.toContainText('Since');
  await expect(panel.locator('canvas')).toBeVisible();
});

// LIB-03, LIB-04: what is in a library, in any order, found and paged by the address alone.
test('a library: content, collections and what is in them', async ({ history: page, demo }) => {
  test.slow();
  await page.goto(`${demo.url}libraries`);
  await page.getByRole('link', { name: 'Movies', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Added lately' })).toBeVisible();
  await part(page, 'Content').click();
  await expect(page.getByRole('row')).toHaveCount(51);
  await page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click();
  await expect(page).toHaveURL(/tab=content&order=size/);
  await expect(page.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
  await looks(page, 'library-content');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page).toHaveURL(/page=2/);
  // The household's films become more while the demo runs.
  await expect(page.getByText(/^2 of \d+$/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Search Content' }).fill('harvest');
  await expect(page).toHaveURL(/q=harvest/);
  await expect(page).not.toHaveURL(/page=2/);
  await expect(page.getByRole('rowheader', { name: 'Harvest of Glass' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Search Content' }).fill('no such thing');
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
  await part(page, 'Collections').click();
  await page.getByRole('link', { name: /Ines Calloway Collection/ }).click();
  const members = page.getByRole('region', { name: 'What is in it' });
  await expect(members.getByRole('link', { name: /The Orchard Keepers/ })).toBeVisible();
  await looks(page, 'item-collection');
});

// LIB-05: every level of a title, up and down.
test('a show, its season, an episode and the next one; an artist down to a track', async ({ history: page, demo }) => {
  test.slow();
  await page.goto(`${demo.url}libraries`);
  await page.getByRole('link', { name: 'Shows', exact: true }).click();
  await part(page, 'Content').click();
  await page.getByRole('link', { name: 'The Estuary', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Seasons' }).getByRole('listitem').first()).toBeVisible();
  await looks(page, 'item-show');
  await page.getByRole('link', { name: /Season 1/ }).first().click();
  await expect(page.getByRole('region', { name: 'Episodes' }).getByRole('listitem').first()).toBeVisible();
  await looks(page, 'item-season');
  await page.getByRole('link', { name: 'Rehearsal', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Rehearsal', level: 1 })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('/data/shows/The Estuary');
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('Intro 0:51 to 2:18');
  await page.getByRole('link', { name: /^After: / }).click();
  await expect(page.getByRole('link', { name: /^Before: .*Rehearsal$/ })).toBeVisible();
  await page.getByRole('navigation', { name: 'Where it belongs' }).getByRole('link', { name: 'The Estuary' }).click();
  await expect(page.getByRole('heading', { name: 'The Estuary', level: 1 })).toBeVisible();
  await page.goto(`${demo.url}libraries`);
  await page.getByRole('link', { name: 'Music', exact: true }).click();
  await part(page, 'Content').click();
  await page.getByRole('link', { name: 'The Paper Astronomers', exact: true }).click();
  await page.getByRole('region', { name: 'Albums' }).getByRole('link').first().click();
  await expect(page.getByRole('region', { name: 'Tracks' }).getByRole('listitem').first()).toBeVisible();
  await looks(page, 'item-album');
});

// LIB-05: how much a title is watched, and whether that is more or less than before.
test('the plays of a title are compared with the time before', async ({ history: page, demo }) => {
  type Past = { data: { watchTime: { days: number; plays: number; played: number }[] } };
  const plays: Record<number, number> = { 1: 3, 2: 8, 7: 20, 14: 30, 30: 40, 60: 80, 0: 200 };
  let asked: number[] = [];
  await page.route('**/graphql', async (route) => {
    const { operationName } = (route.request().postDataJSON() ?? {}) as { operationName?: string };
    if (operationName !== 'ItemPast') return route.continue();
    const response = await route.fetch();
    const json = (await response.json()) as Past;
    asked = json.data.watchTime.map(({ days }) => days);
    json.data.watchTime = json.data.watchTime.map((one) => ({ ...one, plays: plays[one.days] ?? 0 }));
    return route.fulfill({ response, json });
  });
  const { history } = await ask<{ history: { nodes: { play: { item: { grandparentRatingKey: string } } }[] } }>(page, demo, '{ history(first: 1, filter: { kinds: [EPISODE] }) { nodes { play { item { grandparentRatingKey } } } } }');
  await page.goto(`${demo.url}item?show=${history.nodes[0]?.play.item.grandparentRatingKey}`);
  const tile = (name: string) => page.getByRole('main').locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
  // Five in the day before, ten in the week before, as many in the month before, and nothing comes before all there is.
  await expect(tile('Last 24 hours')).toContainText(/3 plays\s*2 less than before/);
  await expect(tile('Last 7 days')).toContainText(/20 plays\s*10 more than before/);
  await expect(tile('Last 30 days')).toContainText('40 plays');
  await expect(tile('Last 30 days')).not.toContainText('before');
  await expect(page.getByRole('main').locator('dl').first().locator('dt')).toHaveCount(4);
  expect(asked).toEqual([1, 7, 30, 0, 2, 14, 60]);
});

// LIB-05: the plays of a title go to another one after a preview, and come back.
test('a match is changed after a preview, and taken back', async ({ history: page, demo }) => {
  test.slow();
  type Played = { history: { nodes: { play: { item: { title: string; guid: string } } }[] } };
  const { history } = await ask<Played>(page, demo, '{ history(first: 1, filter: { kinds: [MOVIE] }) { nodes { play { item { title guid } } } } }');
  const item = history.nodes[0]?.play.item;
  await page.goto(`${demo.url}item?guid=${encodeURIComponent(item?.guid ?? '')}`);
  await page.getByRole('button', { name: 'Fix match' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title on the server' }).fill('harvest');
  await dialog.getByRole('button', { name: 'Search' }).click();
  await dialog.getByRole('button', { name: /Harvest of Glass/ }).click();
  await expect(dialog.getByText(/plays? would change/)).toBeVisible();
  await look(page, 'item-match');
  await dialog.getByRole('button', { name: /^Change \d+ plays?$/ }).click();
  await expect(page.getByText(/given to the other title/)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Harvest of Glass', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back.')).toBeVisible();
  await expect(page.getByRole('heading', { name: item?.title ?? '', level: 1 })).toBeVisible();
});

// LIB-05: an item gone from the server keeps its plays and its address, and an administrator is told what can be done.
test('a title that the server has no more says so, with the way to another one', async ({ history: page, demo }) => {
  test.slow();
  type Played = { history: { nodes: { play: { item: { title: string; guid: string } } }[] } };
  const { history } = await ask<Played>(page, demo, '{ history(first: 1, filter: { kinds: [MOVIE] }) { nodes { play { item { title guid } } } } }');
  const item = history.nodes[0]?.play.item;
  await page.route('**/graphql', async (route) => {
    const { operationName } = (route.request().postDataJSON() ?? {}) as { operationName?: string };
    if (operationName !== 'ItemNow') return route.continue();
    const response = await route.fetch();
    const json = (await response.json()) as { data: object };
    return route.fulfill({ response, json: { ...json, data: { ...json.data, libraryItem: null } } });
  });
  await page.goto(`${demo.url}item?guid=${encodeURIComponent(item?.guid ?? '')}`);
  await expect(page.getByRole('heading', { name: item?.title ?? '', level: 1 })).toBeVisible();
  const notice = page.getByRole('status').filter({ hasText: 'no longer on the server' });
  await expect(notice).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Recently played' })).toBeVisible();
  await looks(page, 'item-gone');
  await notice.getByRole('button', { name: 'Fix match' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Title on the server' })).toHaveValue(item?.title ?? '');
  await look(page, 'item-gone-match');
});

// SEC: a guest sees their own plays, what is shared with them, and nothing that administrators do.
test('a guest sees no more than their own', async ({ browser, history: admin, demo }) => {
  test.slow();
  const { users } = await ask<{ users: { id: string; username: string }[] }>(admin, demo, '{ users { id username } }');
  const { page, watched, context } = await asGuest(browser, admin, demo, 'Finn');
  try {
    await page.goto(`${demo.url}users`);
    await expect(page.getByText('You see what is shared with you')).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);
    await look(page, 'guest-users');
    await page.getByRole('link', { name: 'Finn', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Players' })).toBeVisible();
    await expect(part(page, 'Addresses')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Edit' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Actions', exact: true })).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Sharing' })).toHaveCount(0);
    await look(page, 'guest-user');
    await page.goto(`${demo.url}libraries`);
    await expect(page.getByRole('rowheader', { name: /^Kids/ })).toBeVisible();
    await expect(page.getByRole('rowheader', { name: /^Music/ })).toHaveCount(0);
    await expect(page.getByRole('columnheader', { name: 'Size' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Movies', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Who watches' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Growth' })).toHaveCount(0);
    await part(page, 'Content').click();
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await expect(page.getByRole('region', { name: 'Files' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Files' })).not.toContainText('/data/');
    await expect(page.getByRole('button', { name: 'Fix match' })).toHaveCount(0);
    const other = users.find(({ username }) => username === 'mara.hale');
    await page.goto(`${demo.url}users/${other?.id}`);
    await expect(page.getByRole('heading', { name: 'There is no such user' })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(watched.complaints).toEqual([]);
  } finally {
    await context.close();
  }
});
