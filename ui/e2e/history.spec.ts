import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { yesterday } from './saved';

test.use({ viewport: { width: 1440, height: 900 } });

const playsOf = async (page: Page): Promise<number> => {
  const text = await page.getByText(/[\d,]+ plays?$/).first().textContent();
  return Number((text ?? '').replace(/\D/g, ''));
};

async function opened(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('row').nth(2)).toBeVisible();
  await expect(page.getByText(/[\d,]+ plays?$/).first()).toBeVisible();
}

test('a filter stands in the address, and is taken off again', async ({ history, demo }) => {
  await opened(history, `${demo.url}history`);
  const all = await playsOf(history);
  await history.getByRole('button', { name: 'Type', exact: true }).click();
  await history.getByRole('checkbox', { name: 'Movies' }).check();
  await expect(history).toHaveURL(/type=movie/);
  await history.keyboard.press('Escape');
  await expect.poll(() => playsOf(history)).toBeLessThan(all);
  const movies = await playsOf(history);
  await history.getByRole('button', { name: 'When' }).click();
  await history.getByRole('button', { name: '90 days' }).click();
  await expect(history).toHaveURL(/days=90/);
  await expect.poll(() => playsOf(history)).toBeLessThan(movies);
  const both = await playsOf(history);
  await history.reload();
  await expect.poll(() => playsOf(history)).toBe(both);
  await history.getByRole('button', { name: 'Remove When: Last 90 days' }).click();
  await history.getByRole('button', { name: 'Clear all' }).click();
  await expect(history).toHaveURL(/\/history$/);
});

test('the list is walked by keys alone', async ({ history, demo }) => {
  await opened(history, `${demo.url}history`);
  await history.getByRole('row').nth(1).focus();
  await history.keyboard.press('ArrowDown');
  await history.keyboard.press('ArrowDown');
  await expect(history.locator('[data-place="2"]')).toBeFocused();
  await history.keyboard.press('PageDown');
  await history.keyboard.press('End');
  await expect.poll(() => history.evaluate(() => Number(document.activeElement?.getAttribute('data-place')))).toBeGreaterThan(1000);
  await expect(history.locator(':focus [role="gridcell"]').first()).toHaveText(/\d/);
  await history.keyboard.press('Home');
  await expect(history.locator('[data-place="0"]')).toBeFocused();
  await history.keyboard.press('Enter');
  await expect(history.getByRole('dialog').getByText('Source and stream')).toBeVisible();
  await expect(history).toHaveURL(/play=/);
  await history.keyboard.press('Escape');
  await expect(history.getByRole('dialog')).toBeHidden();
});

test('a group of several plays is opened and closed', async ({ history, demo }) => {
  await opened(history, `${demo.url}history?type=movie`);
  const group = history.getByRole('row', { expanded: false }).first();
  const place = Number(await group.getAttribute('data-place'));
  await group.focus();
  await history.keyboard.press('ArrowRight');
  const first = history.locator(`[data-place="${place + 1}"]`);
  await expect(first).toHaveAttribute('aria-level', '2');
  await history.locator(`[data-place="${place}"]`).focus();
  await history.keyboard.press('ArrowLeft');
  await expect(first).toHaveAttribute('aria-level', '1');
});

test('where a play went to is on a map', async ({ history, demo }) => {
  const dialog = history.getByRole('dialog');
  const look = async (place: string) => {
    await opened(history, `${demo.url}history?place=${place}`);
    // Not by a click: where a line begins it may be opened instead.
    await history.getByRole('row').nth(1).press('Enter');
    await expect(dialog.getByText('Source and stream')).toBeVisible();
  };
  await look('WAN');
  await expect(dialog.getByRole('img', { name: /on a map of the world$/ })).toBeVisible();
  await look('LAN');
  await expect(dialog.getByRole('heading', { name: 'Where', exact: true })).toHaveCount(0);
});

test('what was deleted comes back', async ({ history, demo }) => {
  const url = `${demo.url}history?to=2026-06-30&type=movie`;
  await opened(history, url);
  const before = await playsOf(history);
  await history.getByRole('button', { name: 'Select' }).click();
  await history.getByRole('row').nth(1).getByRole('checkbox').click();
  await history.getByRole('row').nth(3).getByRole('checkbox').click();
  await history.getByRole('button', { name: 'Delete…' }).click();
  await history.getByRole('dialog').getByRole('button', { name: /^Delete \d+ plays?$/ }).click();
  await expect(history.getByText(/plays were deleted/)).toBeVisible();
  await expect.poll(() => playsOf(history)).toBeLessThan(before);
  await history.getByRole('button', { name: 'Undo' }).click();
  await expect(history.getByText('Taken back.')).toBeVisible();
  await expect.poll(() => playsOf(history)).toBe(before);
  await history.goto(`${demo.url}revisions`);
  await expect(history.getByText(/^Taken back by/).first()).toBeVisible();
});

test('what the filter finds is saved', async ({ history, demo }) => {
  // Until yesterday, so that nothing is added meanwhile.
  await opened(history, `${demo.url}history?from=2026-01-01&to=${yesterday()}&type=movie`);
  const lines = Number((await history.getByText(/[\d,]+ groups?$/).first().textContent())?.replace(/\D/g, ''));
  await history.getByRole('button', { name: 'More to do' }).click();
  const waiting = history.waitForEvent('download');
  await history.getByRole('menuitem', { name: 'Save as CSV' }).click();
  const file = await (await waiting).path();
  const text = await readFile(file, 'utf8');
  expect(text.trim().split('\r\n')).toHaveLength(lines + 1);
  expect(text).toContain('row_id,group,plays,date,user,title');
});

test('columns and density are kept, and a view gets a name', async ({ history, demo }) => {
  await opened(history, `${demo.url}history?type=track`);
  await history.getByRole('button', { name: 'Columns' }).click();
  await history.getByRole('menuitemcheckbox', { name: 'Address' }).click();
  await history.getByRole('menuitemradio', { name: 'Compact' }).click();
  await history.keyboard.press('Escape');
  await history.reload();
  await expect(history.getByRole('columnheader', { name: 'Address' })).toBeVisible();
  await history.getByRole('button', { name: 'Saved views' }).click();
  await history.getByLabel('Name of this view').fill('Only music');
  await history.getByRole('button', { name: 'Save this view' }).click();
  await history.keyboard.press('Escape');
  await history.goto(`${demo.url}history`);
  await history.getByRole('button', { name: 'Saved views' }).click();
  await history.getByRole('menuitem', { name: 'Only music', exact: true }).click();
  await expect(history).toHaveURL(/type=track/);
});

test('numbers of the first page and columns of the graphs lead to their plays', async ({ history, demo }) => {
  const tile = history.getByRole('link', { name: /^Plays: / });
  await expect(tile).toBeVisible();
  const told = Number((await tile.textContent())?.replace(/\D/g, ''));
  await tile.click();
  await expect(history).toHaveURL(/history\?days=30$/);
  await expect(history.getByRole('row').nth(2)).toBeVisible();
  // People go on playing while one looks.
  await expect.poll(async () => Math.abs((await playsOf(history)) - told)).toBeLessThan(20);
  await history.goto(`${demo.url}graphs`);
  const chart = history.getByRole('slider', { name: /^Plays over time/ });
  await expect(chart).toBeVisible();
  await chart.focus();
  await history.keyboard.press('ArrowLeft');
  await history.keyboard.press('Shift+ArrowLeft');
  await history.keyboard.press('Shift+ArrowLeft');
  await history.keyboard.press('Enter');
  await expect(history).toHaveURL(/history\?.*from=\d{4}-\d{2}-\d{2}&to=\d{4}-\d{2}-\d{2}/);
  await expect(history.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  await history.goBack();
  await history.getByRole('button', { name: 'More about Plays over time' }).click();
  await history.getByRole('menuitem', { name: 'Show as a table' }).click();
  await expect(history.getByRole('region', { name: 'Plays over time', exact: true }).getByRole('table')).toBeVisible();
});

test('everything is found by a part of its name', async ({ history }) => {
  await history.keyboard.press('Control+k');
  await history.getByRole('combobox').fill('theo');
  await history.getByRole('option', { name: /theo\.w.*Users/ }).click();
  await expect(history.getByRole('heading', { name: 'theo.w', level: 1 })).toBeVisible();
  await history.keyboard.press('Control+k');
  await history.getByRole('combobox').fill('small claims');
  await history.getByRole('option', { name: /^Small Claims.*Titles/ }).first().click();
  await expect(history.getByRole('heading', { name: 'Small Claims', level: 1 })).toBeVisible();
  await expect(history.getByRole('heading', { name: 'Who watches' })).toBeVisible();
});

const MANY = 100_000;
/** How often the work is measured, and over how many frames each time. */
const LOTS = 30;
const FRAMES = 6;
/** How many times as much as copying lines that are ready their making may cost. */
const LIMIT = 5;

test('a hundred thousand lines scroll', async ({ history, demo }) => {
  test.slow();
  // As many as that are not in the demo: what it has is told again and again.
  await history.route('**/graphql', async (route) => {
    const asked: unknown = route.request().postDataJSON();
    const { operationName, variables } = asked as { operationName?: string; variables?: { offset?: number; limit?: number } };
    if (operationName === 'HistoryTotals') {
      return route.fulfill({ json: { data: { lines: { totalCount: MANY, totalDuration: 1e12 }, plays: { totalCount: MANY } } } });
    }
    if (operationName !== 'HistoryJump') return route.continue();
    const changed = { ...(asked as object), variables: { ...variables, offset: (variables?.offset ?? 0) % 10_000 } };
    return route.continue({ postData: JSON.stringify(changed) });
  });
  // Every formatter that is made is counted: making one for each cell is what once made scrolling slow.
  await history.addInitScript(() => {
    const counted = window as unknown as { made: number };
    counted.made = 0;
    for (const name of ['DateTimeFormat', 'NumberFormat', 'ListFormat', 'RelativeTimeFormat'] as const) {
      const real = Intl[name];
      Object.assign(Intl, {
        [name]: new Proxy(real, {
          construct(target, args) {
            counted.made += 1;
            return Reflect.construct(target, args) as object;
          },
        }),
      });
    }
  });
  await opened(history, `${demo.url}history`);
  await expect(history.getByRole('treegrid')).toHaveAttribute('aria-rowcount', String(MANY + 1));
  const session = await history.context().newCDPSession(history);
  // The thread's own time, which other work on the machine does not lengthen as it does the time of a clock.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const parts = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'];
    return metrics.filter(({ name }) => parts.includes(name)).reduce((sum, { value }) => sum + value * 1000, 0);
  };
  await history.evaluate(() => {
    const counted = window as unknown as { made: number; added: number };
    counted.made = 0;
    counted.added = 0;
    const grid = document.querySelector('[role="treegrid"]');
    const observer = new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element && node.matches('[role="row"]')) counted.added += 1;
    });
    if (grid) observer.observe(grid, { subtree: true, childList: true });
  });
  const line = await history.evaluate(() => document.querySelector('[role="row"][data-place]')?.getBoundingClientRect().height ?? 1);
  const scrolled = () =>
    history.evaluate(async (frames) => {
      for (let n = 0; n < frames; n++) {
        window.scrollBy(0, 140);
        await new Promise(requestAnimationFrame);
      }
      return document.querySelectorAll('[role="row"][data-place]').length;
    }, FRAMES);
  // What any page has to pay: as many lines come and go beside it as copies, and nobody works out what they say.
  const copied = async () => {
    const beside = await history.evaluateHandle(async () => {
      const grid = document.querySelector('[role="treegrid"]');
      const copy = grid?.cloneNode(true);
      if (copy) grid?.after(copy);
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return copy as HTMLElement;
    });
    const before = await worked();
    await beside.evaluate(
      async (copy, [frames, each]) => {
        for (let n = 0; n < frames; n++) {
          for (const old of [...copy.querySelectorAll('[data-place]')].slice(0, each)) {
            old.parentElement?.append(old.cloneNode(true));
            old.remove();
          }
          await new Promise(requestAnimationFrame);
        }
      },
      [FRAMES, Math.ceil(140 / line)] as const,
    );
    const cost = (await worked()) - before;
    await beside.evaluate((copy) => copy.remove());
    return cost / FRAMES;
  };
  const costs: number[] = [];
  const ratios: number[] = [];
  let most = 0;
  for (let lot = 0; lot < LOTS; lot++) {
    const before = await worked();
    most = Math.max(most, await scrolled());
    const cost = ((await worked()) - before) / FRAMES;
    costs.push(cost);
    ratios.push(cost / (await copied()));
  }
  const middle = (of: number[]) => [...of].sort((a, b) => a - b)[of.length >> 1] ?? 0;
  console.log(
    `work of a frame while ${MANY} lines scroll, median of ${LOTS} lots: ${middle(costs).toFixed(1)} ms of the thread, ${middle(ratios).toFixed(1)} times that of copied lines; lines there at once: ${most}`,
  );
  const { made, added, passed } = await history.evaluate((height) => {
    const counted = window as unknown as { made: number; added: number };
    return { made: counted.made, added: counted.added, passed: window.scrollY / height };
  }, line);
  // A line is drawn when it comes into sight, and never again; what is there at once does not grow.
  expect(passed).toBeGreaterThan(300);
  expect(added).toBeLessThan(passed + 60);
  expect(most).toBeLessThan(60);
  // Formatters are made at their first use, and not for each line.
  expect(made).toBeLessThan(8);
  // A ratio, since a slow or crowded machine makes a thread's work dearer, and that of copies alike.
  expect(middle(ratios)).toBeLessThan(LIMIT);
  await history.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
  await expect.poll(() => history.evaluate(() => Number(document.querySelector('[role="row"][data-place]')?.getAttribute('data-place')))).toBeGreaterThan(40_000);
  await expect(history.locator('[role="row"][data-place]').nth(14).getByRole('gridcell').first()).toHaveText(/\d/);
});
