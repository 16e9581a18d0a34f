import { ADMIN, Service } from './house';
import { expect, signIn, test, watch } from './fixtures';

test('a wrong password is said, the right one leads to the wanted page, and out again', async ({ page, plex, service, clean }) => {
  expect(clean.complaints).toEqual([]);
  await plex.direct('stop_all');
  await page.goto(`${service.url}activity?session=abc`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Fill in name and password.')).toBeVisible();
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Name or password is wrong.')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/activity\?session=abc$/);
  await expect(page.getByRole('heading', { name: 'This stream is over' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Close details' }).last().click();
  await page.getByRole('button', { name: /^You, / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto(service.url);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('whoever signs in comes to the whole address that was wanted', async ({ page, service, clean, context }) => {
  expect(clean.complaints).toEqual([]);
  const wanted = `${service.url}history?q=Harbor+%26+more&from=2026-01-31&way=direct&way=transcode#content`;
  const enter = async () => {
    await expect(page).toHaveURL(/\/sign-in\?/);
    await page.getByLabel('Name').fill(ADMIN.name);
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  };
  const arrived = () => {
    const { pathname, searchParams, hash } = new URL(page.url());
    return [pathname, searchParams.get('q'), searchParams.get('from'), searchParams.getAll('way'), hash];
  };
  const right = ['/history', 'Harbor & more', '2026-01-31', ['direct', 'transcode'], '#content'];
  await page.goto(wanted);
  await enter();
  expect(arrived()).toEqual(right);
  // The same where the door closes while one is inside.
  await context.clearCookies();
  await page.reload();
  await enter();
  expect(arrived()).toEqual(right);
  // What leads elsewhere is not followed.
  await context.clearCookies();
  await page.goto(`${service.url}sign-in?to=${encodeURIComponent('//example.com/')}`);
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
  expect(page.url()).toBe(service.url);
});

test('whoever guesses too often is told to wait', async ({ page }) => {
  const service = await Service.start({ env: { TAUTULLI_HTTP_RATE_LIMIT_ATTEMPTS: '2' } });
  try {
    await page.goto(service.url);
    await page.getByLabel('Name').fill(ADMIN.name);
    for (let n = 0; n < 3; n++) {
      await page.getByLabel('Password', { exact: true }).fill(`wrong ${n}`);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByRole('alert')).not.toBeEmpty();
    }
    await expect(page.getByText('Too many attempts')).toBeVisible();
  } finally {
    await service.end();
  }
});

test('an unreachable service is said, and the page comes back by itself', async ({ page, service }) => {
  let away = true;
  await page.route('**/graphql', (route) => (away ? route.abort() : route.continue()));
  await page.goto(service.url);
  await expect(page.getByRole('heading', { name: 'The service does not answer' })).toBeVisible();
  away = false;
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  away = true;
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('The service does not answer. Check that it runs, then try again.')).toBeVisible();
});

test('who comes and what plays is asked before the program is there, and again by the program where that fails', async ({ home, plex, service }) => {
  await plex.play({ rating_key: 33 });
  await expect(home.getByRole('article')).toContainText('Harbor of Hanoi');
  let refused = false;
  let asked: string[] = [];
  await home.route('**/graphql', (route) => {
    const { operationName } = route.request().postDataJSON() as { operationName: string };
    asked.push(operationName);
    return refused && operationName === 'Start' ? route.fulfill({ body: 'Not now' }) : route.continue();
  });
  // Whatever plays can come with the first answer alone.
  await home.routeWebSocket('**/graphql', () => undefined);
  await home.goto(service.url);
  await expect(home.getByRole('region', { name: 'Now playing' }).getByText('Harbor of Hanoi')).toBeVisible();
  expect(asked).toContain('Start');
  expect(asked.filter((name) => name === 'Boot' || name === 'Home')).toEqual([]);
  refused = true;
  asked = [];
  await home.goto(`${service.url}about`);
  await expect(home.getByRole('heading', { name: 'Health' })).toBeVisible();
  expect(asked.slice(0, 3)).toEqual(['Start', 'Boot', 'Home']);
});

test('a session that ends elsewhere leads to the sign-in page and back', async ({ page, service, plex, context }) => {
  await plex.direct('stop_all');
  await signIn(page, service.url);
  await expect(page.getByRole('heading', { name: 'Nobody is watching' })).toBeVisible();
  await context.clearCookies();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('the pages live under a prefix', async ({ page, plex }) => {
  await plex.direct('stop_all');
  const service = await Service.start({ plex, root: '/tautulli' });
  try {
    const watched = await watch(page, service.url);
    await page.goto(`${service.url}history?q=Harbor#content`);
    await page.getByLabel('Name').fill(ADMIN.name);
    await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
    expect(page.url()).toBe(`${service.url}history?q=Harbor#content`);
    await page.getByRole('link', { name: 'Activity' }).first().click();
    await expect(page).toHaveURL(`${service.url}activity`);
    await plex.play({ rating_key: 33 });
    await expect(page.getByRole('article')).toContainText('Harbor of Hanoi');
    await page.goto(`${service.url}nowhere/at/all`);
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
    await page.getByRole('link', { name: 'To the first page' }).click();
    await expect(page.getByRole('region', { name: 'Now playing' }).getByText('Harbor of Hanoi')).toBeVisible();
    expect(watched.complaints).toEqual([]);
  } finally {
    await service.end();
  }
});
