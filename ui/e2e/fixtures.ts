import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type BrowserContext, type Locator, type Page, type Route } from '@playwright/test';
import { ADMIN, Demo, Plex, Service } from './house';
import { shake } from './shake';

/** Who has come in once need not come through the door again for every test. */
type Kept = { cookies: Awaited<ReturnType<BrowserContext['cookies']>> };

type PerWorker = { plex: Plex; service: Service; demo: Demo; inService: Kept; inDemo: Kept };
type PerTest = { clean: Watch; home: Page; history: Page };

/** What a page did that it must not do. */
export type Watch = { complaints: string[]; ignore: (pattern: RegExp) => void };

/** Notes console errors, policy violations, exceptions and requests to anywhere else. */
export async function watch(page: Page, own: string): Promise<Watch> {
  const complaints: string[] = [];
  const ignored: RegExp[] = [];
  const complain = (text: string) => {
    if (!ignored.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  const origin = new URL(own).origin;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complain(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) complain(`request to ${url.origin}`);
  });
  await page.exposeFunction('tellViolation', (text: string) => complain(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = (window as unknown as { tellViolation: (text: string) => void }).tellViolation;
      tell(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { complaints, ignore: (pattern) => ignored.push(pattern) };
}

export const test = base.extend<PerTest, PerWorker>({
  plex: [
    async ({}, use) => {
      const plex = await Plex.start();
      await use(plex);
      await plex.end();
    },
    { scope: 'worker' },
  ],
  service: [
    async ({ plex }, use) => {
      const service = await Service.start({ plex });
      await use(service);
      await service.end();
    },
    { scope: 'worker' },
  ],
  /** The demo: the service over two years of made-up history. */
  demo: [
    async ({}, use) => {
      const demo = await Demo.start();
      await use(demo);
      await demo.end();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  page: async ({ page }, use) => {
    await shake(page);
    await use(page);
  },
  inService: [async ({}, use) => use({ cookies: [] }), { scope: 'worker' }],
  inDemo: [async ({}, use) => use({ cookies: [] }), { scope: 'worker' }],
  clean: async ({ page, service }, use) => {
    const watched = await watch(page, service.url);
    await use(watched);
    expect(watched.complaints).toEqual([]);
  },
  /** The activity page, signed in, with nobody watching. */
  home: async ({ page, plex, service, clean, inService }, use) => {
    expect(clean.complaints).toEqual([]);
    await plex.direct('fault_clear');
    await plex.direct('up');
    await plex.direct('stop_all');
    await comeIn(page, `${service.url}activity`, page.getByLabel('Password', { exact: true }), inService, () => fillIn(page));
    // A server that has been silent is called again after a while, which grows with the silence.
    await expect(page.getByRole('button', { name: /: Live$/ })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('heading', { name: 'Nobody is watching' })).toBeVisible();
    await use(page);
  },
  /** The demo, signed in, with everything watched that a page must not do. */
  history: async ({ page, demo, inDemo }, use) => {
    const watched = await watch(page, demo.url);
    const door = page.getByRole('button', { name: 'Enter the demo' });
    await comeIn(page, demo.url, door, inDemo, () => door.click());
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
    await use(page);
    expect(watched.complaints).toEqual([]);
  },
});

export { expect };

/** Holds back what waits for `opened`, until it is opened. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => undefined as void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

const SHOTS = process.env['SHOTS'];

/** Checks the page as it stands, and keeps a picture where `SHOTS` names a folder. */
export async function look(page: Page, name: string, fullPage = false): Promise<void> {
  await expectSound(page);
  await settle(page);
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage });
}

/** Opens an address with what the browser knows from before; where the door is closed all the same, through it. */
async function comeIn(page: Page, address: string, door: Locator, kept: Kept, enter: () => Promise<void>): Promise<void> {
  await page.context().addCookies(kept.cookies);
  await page.goto(address);
  const inside = page.getByRole('button', { name: /^You, / }).first();
  await expect(door.or(inside).first()).toBeVisible();
  if (await inside.isVisible()) return;
  await enter();
  await expect(inside).toBeVisible();
  kept.cookies = await page.context().cookies();
}

/** Signs in, and is on the activity page then. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}activity`);
  await fillIn(page);
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Name').fill(ADMIN.name);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/activity');
  // The door may stand at that address too; keys are heard once one is in.
  await page.locator('nav').first().waitFor({ state: 'attached' });
}

/** The service answers, but to somebody who may do less. */
export async function answerAs(access: () => 'guest' | 'none', route: Route): Promise<void> {
  const asked: unknown = route.request().postDataJSON();
  const isHome = typeof asked === 'object' && asked !== null && 'operationName' in asked && ['Start', 'Home'].includes(String(asked.operationName));
  if (!isHome) return route.continue();
  if (access() === 'none') {
    const errors = [{ message: 'You may not do this', extensions: { code: 'FORBIDDEN' } }];
    return route.fulfill({ json: { data: null, errors } });
  }
  const answer = await route.fetch();
  const home = (await answer.json()) as { data: { viewer?: { role: string } } };
  if (home.data.viewer) home.data.viewer.role = 'GUEST';
  return route.fulfill({ response: answer, json: home });
}

/** Waits until everything that moves and ends has ended. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const ends = (one: Animation) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity;
    // Those that move now: places in a stream begin to move again every second. Looked at again and again, since what is taken back on its
    // way, as by other colours, never says that it has ended.
    const ending = document.getAnimations().filter(ends);
    for (let frames = 0; ending.some(ends); frames += 1) {
      if (frames === 1200) throw new Error('something on the page moves and does not end');
      await frame();
    }
    await frame();
    await frame();
  });
}

export const SIZES = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'desktop', width: 1440, height: 900 },
] as const;
const THEMES = ['dark', 'light'] as const;

/** Looks at the page as it stands, dark and light. The theme changes colours alone, so the second is judged by them. */
export async function lookThemes(page: Page, name: string, fullPage = false): Promise<void> {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    await expectSound(page, theme === THEMES[0] ? undefined : ['color-contrast']);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${theme}.png`, fullPage });
  }
}

type Everywhere = {
  fullPage?: boolean;
  /** Brings the page about, once for each size; without it the page is looked at as it stands. */
  open?: () => Promise<void>;
  /** What else is asked of it then. */
  after?: () => Promise<void>;
};

/** Looks at a page on phone and desktop, dark and light. */
export async function lookEverywhere(page: Page, name: string, { fullPage, open, after }: Everywhere = {}): Promise<void> {
  for (const { name: size, width, height } of SIZES) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: THEMES[0] });
    await open?.();
    await lookThemes(page, `${name}-${size}`, fullPage);
    await after?.();
  }
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** No violation of the accessibility rules, or of those that are named, and nothing that sticks out sideways. */
export async function expectSound(page: Page, only?: string[]): Promise<void> {
  await settle(page);
  // In the page itself: the other way opens a page of its own, and behind another one nothing is drawn, and nothing ends.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (only ? axe.withRules(only) : axe.withTags(RULES)).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join('\n')}`);
  expect(told).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, 'the page is wider than the window').toBeLessThanOrEqual(0);
}
