import type { Page } from '@playwright/test';
import { expect, look, test } from './fixtures';
import { expectPicture, saved, yesterday } from './saved';

// A reader whose day is not the service's for most of it: spans and graphs mean the service's.
const elsewhere = new Date().getUTCHours() < 10 ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati';
test.use({ viewport: { width: 1440, height: 900 }, timezoneId: elsewhere });

/** Reads what spreadsheets read: cells in quotes may hold anything. */
function table(bytes: Buffer): string[][] {
  const text = bytes.toString('utf8');
  expect(text.startsWith('\uFEFF'), 'a spreadsheet takes it for UTF-8').toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  return text
    .slice(1, -2)
    .split('\r\n')
    .map((line) => [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)));
}

const numberIn = async (page: Page, pattern: RegExp): Promise<number> => Number(((await page.getByText(pattern).first().textContent()) ?? '').replace(/\D/g, ''));

test('the history that is found is saved as a table and as JSON, line by line', async ({ history, demo }) => {
  // Until yesterday, so that nothing is added meanwhile.
  await history.goto(`${demo.url}history?from=2026-01-01&to=${yesterday()}&type=movie`);
  await expect(history.getByRole('row').nth(2)).toBeVisible();
  const lines = await numberIn(history, /[\d,]+ groups?$/);
  const csv = await saved(history, 'More to do', 'Save as CSV');
  expect(csv.name).toMatch(/^[\w-]+-\d{4}-\d{2}-\d{2}\.csv$/);
  const [head = [], ...rows] = table(csv.bytes);
  expect(rows).toHaveLength(lines);
  for (const row of rows) expect(row).toHaveLength(head.length);
  const json = JSON.parse((await saved(history, 'More to do', 'Save as JSON')).bytes.toString('utf8')) as Record<string, unknown>[];
  expect(json).toHaveLength(lines);
  expect(Object.keys(json[0] ?? {})).toEqual(head);
  expect(rows.map((row) => row[head.indexOf('title')])).toEqual(json.map(({ title }) => title));
  expect(new Set(json.map(({ kind }) => kind))).toEqual(new Set(['MOVIE']));
  // Each play by itself: as many as the footer says.
  await history.getByRole('button', { name: 'Plays', exact: true }).click();
  await expect.poll(async () => history.getByText(/[\d,]+ groups?$/).count()).toBe(0);
  const plays = await numberIn(history, /[\d,]+ plays?$/);
  expect(table((await saved(history, 'More to do', 'Save as CSV')).bytes)).toHaveLength(plays + 1);
});

test('a graph is compared with the span before, read as a table, and saved as it is', async ({ history, demo }) => {
  test.slow();
  await history.goto(`${demo.url}graphs?days=30`);
  const chart = history.getByRole('region', { name: 'Plays over time', exact: true });
  await expect(chart.locator('canvas')).toBeVisible();
  await history.getByRole('button', { name: 'Compare with the span before' }).click();
  await expect(history).toHaveURL(/compare=1/);
  await expect(chart.getByText(/^Span before [\d,]+$/)).toBeVisible();
  await history.reload();
  await expect(chart.getByText(/^Span before [\d,]+$/)).toBeVisible();
  await chart.getByRole('slider').focus();
  await history.keyboard.press('ArrowLeft');
  await expect(chart.getByText(/^Before, .*: \d+$/)).toBeVisible();
  await expect(chart.getByRole('slider')).toHaveAttribute('aria-valuetext', /Before, .*: \d+$/);
  await look(history, 'graphs-compared');

  const more = 'More about Plays over time';
  const [head = [], ...rows] = table((await saved(history, more, 'Save as CSV')).bytes);
  expect(head[0]).toBe('Time');
  expect(head.slice(-2)).toEqual(['Its day', 'Span before']);
  expect(rows).toHaveLength(30);
  for (const row of rows) {
    expect(row).toHaveLength(head.length);
    const [first = '', then = ''] = [row[0], row.at(-2)];
    expect(Date.parse(first) - Date.parse(then)).toBe(30 * 86_400_000);
  }
  const told = await numberIn(history, /^Span before [\d,]+$/);
  const counted = rows.reduce((sum, row) => sum + Number(row.at(-1)), 0);
  await history.getByRole('heading', { name: 'Graphs', level: 1 }).click();
  await expect(chart.getByText(`Span before ${counted}`)).toBeVisible();
  expect(told).toBeLessThanOrEqual(counted);

  for (const theme of ['dark', 'light'] as const) {
    await history.emulateMedia({ colorScheme: theme });
    await expectPicture(history, more, 'Plays over time', theme);
  }
  await chart.getByRole('button', { name: more }).click();
  await history.getByRole('menuitem', { name: 'Show as a table' }).click();
  await expect(chart.getByRole('columnheader', { name: 'Span before' })).toBeVisible();
  // All time has nothing before it.
  await history.getByRole('button', { name: 'Remove When: Last 30 days' }).click();
  await expect(history.getByRole('button', { name: 'Compare with the span before' })).toHaveCount(0);
});
