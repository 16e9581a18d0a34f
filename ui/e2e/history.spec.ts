import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

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
    await history.getByRole('row').nth(1).click({ position: { x: 20, y: 20 } });
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
  await opened(history, `${demo.url}history?days=30&type=movie`);
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
  await history.goBack();
  await history.getByRole('button', { name: 'More about Plays over time' }).click();
  await history.getByRole('menuitem', { name: 'Show as a table' }).click();
  await expect(history.getByRole('region', { name: 'Plays over time' }).getByRole('table')).toBeVisible();
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

test('a file that is no database is refused with a reason', async ({ history, demo }) => {
  await history.goto(`${demo.url}import`);
  await history.getByLabel('Choose a file').last().setInputFiles({ name: 'tautulli.db', mimeType: 'application/octet-stream', buffer: Buffer.from('this is no database') });
  await history.getByRole('button', { name: 'Preview' }).click();
  await expect(history.getByRole('alert')).not.toBeEmpty();
  await expect(history.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
});

const MANY = 100_000;

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
  // The thread's own time, which other work on the machine does not lengthen.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const scripted = async () => ((await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000;
  const before = await scripted();
  const { frames, made, added, passed } = await history.evaluate(async () => {
    const counted = window as unknown as { made: number };
    const [first, start] = [counted.made, window.scrollY];
    let added = 0;
    const grid = document.querySelector('[role="treegrid"]');
    const observer = new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element && node.matches('[role="row"]')) added += 1;
    });
    if (grid) observer.observe(grid, { subtree: true, childList: true });
    const times: number[] = [];
    let last = performance.now();
    for (let n = 0; n < 180; n++) {
      window.scrollBy(0, 140);
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    observer.disconnect();
    const line = document.querySelector('[role="row"][data-place]')?.getBoundingClientRect().height ?? 1;
    return { frames: times.sort((a, b) => a - b), made: counted.made - first, added, passed: (window.scrollY - start) / line };
  });
  const cost = ((await scripted()) - before) / frames.length;
  const at = (share: number) => frames[Math.floor(share * (frames.length - 1))]?.toFixed(1);
  console.log(`a frame while scrolling ${MANY} lines, ms: script ${cost.toFixed(1)}; in all, on this machine now: median ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)}`);
  // A line is drawn when it comes into sight, and never again.
  expect(passed).toBeGreaterThan(300);
  expect(added).toBeLessThan(passed + 60);
  expect(made).toBe(0);
  await history.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
  await expect.poll(() => history.evaluate(() => Number(document.querySelector('[role="row"][data-place]')?.getAttribute('data-place')))).toBeGreaterThan(40_000);
  await expect(history.locator('[role="row"][data-place]').nth(14).getByRole('gridcell').first()).toHaveText(/\d/);
});
