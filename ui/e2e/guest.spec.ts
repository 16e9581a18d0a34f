import type { Page } from '@playwright/test';
import { expect, look, lookThemes, SIZES, test } from './fixtures';
import { asGuest, ask } from './guest';

/** What a page says when it has not what it is there for. */
const TROUBLE = /This could not be loaded|You may not|There is no such|Something went wrong/;

type Stop = [name: string, path: string, whole: (page: Page) => Promise<void>];
const heading = (name: string) => async (page: Page) => expect(page.getByRole('heading', { name }).first()).toBeVisible();

const stops = (id: string): Stop[] => [
  ['home', '', async (page) => expect(page.getByRole('region', { name: 'Most watched shows' }).getByRole('listitem').first()).toBeVisible()],
  ['activity', 'activity', async (page) => expect(page.locator('main')).toContainText(/Running now|Nobody is watching/)],
  ['added', 'added', async (page) => expect(page.getByRole('list', { name: 'Recently added' }).getByRole('link').first()).toBeVisible()],
  ['history', 'history', async (page) => expect(page.getByRole('row').nth(3)).toBeVisible()],
  ['graphs', 'graphs?compare=1', async (page) => expect(page.locator('canvas').first()).toBeVisible()],
  ['user', `users/${id}`, heading('Players')],
  ['libraries', 'libraries', async (page) => expect(page.getByRole('row').nth(1)).toBeVisible()],
  ['about', 'about', heading('Health')],
];

// SEC: every page that a guest is offered works, and what is for administrators is offered nowhere.
test('a guest walks through all pages', async ({ browser, history: admin, demo }) => {
  test.setTimeout(300_000);
  const { page, watched, context, id } = await asGuest(browser, admin, demo, 'Finn');
  const refusals: string[] = [];
  page.on('response', async (response) => {
    if (!response.url().endsWith('/graphql')) return;
    const text = await response.text().catch(() => '');
    if (text.includes('"errors"')) refusals.push(`${page.url()}: ${text.slice(0, 200)}`);
  });
  const ways = new Set<string>();
  try {
    for (const { name: size, width, height } of SIZES) {
      await page.setViewportSize({ width, height });
      for (const [name, path, whole] of stops(id)) {
        await page.goto(demo.url + path);
        await whole(page);
        await expect(page.locator('main')).not.toContainText(TROUBLE);
        await expect(page.getByRole('region', { name: 'Most active users' })).toHaveCount(0);
        // The rules are the same for everybody; what guests alone are shown is looked at on a phone.
        if (size === 'phone') await look(page, `guest-${name}-${size}`);
        for (const href of await page.locator('main a[href], nav a[href]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))) {
          ways.add(new URL(href).pathname);
        }
      }
    }
    // What is for administrators is offered nowhere, and says so where somebody knows its address.
    for (const path of ['import', 'revisions']) {
      expect([...ways].some((way) => way.endsWith(`/${path}`))).toBe(false);
      await page.goto(demo.url + path);
      await expect(page.getByRole('heading', { name: 'You may not see this' })).toBeVisible();
      await look(page, `guest-refused-${path}`);
    }
    // A guest sees one user alone: nothing compares users.
    await page.goto(`${demo.url}graphs`);
    await expect(page.getByRole('heading', { name: 'Platforms', exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Users', exact: true })).toHaveCount(0);
    expect(refusals).toEqual([]);
    expect(watched.complaints).toEqual([]);
  } finally {
    await context.close();
  }
});

// SEC-05: the streams of others are there, as the server is no less busy for them; whose they are is nobody's business.
test('a guest sees that others watch, and not who, where and on what', async ({ browser, history: admin, demo }) => {
  const { page, watched, context } = await asGuest(browser, admin, demo, 'Finn');
  const { users } = await ask<{ users: { friendlyName: string }[] }>(admin, demo, '{ users { friendlyName } }');
  // The account of the server itself is called as its network is.
  const others = users.map(({ friendlyName }) => friendlyName).filter((name) => !['Finn', 'Local'].includes(name));
  expect(others.length).toBeGreaterThan(3);
  try {
    await page.goto(`${demo.url}activity`);
    const masked = page.getByRole('article').filter({ hasText: 'Somebody' });
    await expect(masked.first()).toBeVisible();
    // Streams come and go while one counts.
    await expect(async () => {
      const { activity } = await ask<{ activity: { streamCount: number } }>(admin, demo, '{ activity { streamCount } }');
      await expect(page).toHaveTitle(new RegExp(`\\b${activity.streamCount} `), { timeout: 1_000 });
    }).toPass();
    for (const name of others) await expect(page.locator('main').getByText(name, { exact: true })).toHaveCount(0);
    // There is nothing behind it that could be opened or stopped.
    await expect(masked.first().getByRole('button')).toHaveCount(0);
    await expect(masked.getByRole('progressbar').first()).toBeVisible();
    await expect(masked.filter({ hasText: 'Title hidden' }).getByRole('heading', { name: /^(Movie|Episode|Music|Live TV)$/ }).first()).toBeVisible();
    await lookThemes(page, 'guest-others');
    await page.setViewportSize(SIZES[0]);
    await lookThemes(page, 'guest-others-phone');
    await page.setViewportSize(SIZES[1]);
    await page.getByRole('button', { name: 'List' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Somebody' }).first()).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'Somebody' }).first().getByRole('button')).toHaveCount(0);
    await look(page, 'guest-others-list');
    await page.goto(demo.url);
    await expect(page.locator('main').getByText('Somebody').first()).toBeVisible();
    await look(page, 'guest-others-home');
    expect(watched.complaints).toEqual([]);
  } finally {
    await context.close();
  }
});
