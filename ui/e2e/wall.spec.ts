import { expect, lookEverywhere, test } from './fixtures';

test.use({ viewport: { width: 1440, height: 900 } });

const CROWD = [
  { rating_key: 33, decision: 'directplay', user: 1000001, offset: 1_500_000, location: 'lan' },
  { rating_key: 66, decision: 'transcode', location: 'wan', offset: 5_400_000, user: 1000304 },
  { rating_key: 1030, decision: 'music', user: 1000607 },
  { kind: 'live', channel: 1, user: 1000304 },
];

test('the wall shows what plays to a whole room', async ({ home, plex, service }) => {
  test.slow();
  await home.addInitScript(() => {
    const asked = window as unknown as { asked: number };
    asked.asked = 0;
    const { wakeLock } = navigator;
    const request = wakeLock.request.bind(wakeLock);
    wakeLock.request = (kind) => {
      asked.asked += 1;
      return request(kind);
    };
  });
  await home.reload();
  const keys: number[] = [];
  for (const playback of CROWD) keys.push((await plex.play(playback)).session);
  await expect(home.getByRole('article')).toHaveCount(CROWD.length);
  await home.getByRole('link', { name: 'Wall display' }).click();
  await expect(home).toHaveURL(/\/wall$/);
  await expect(home.getByRole('article')).toHaveCount(CROWD.length);
  await expect(home.getByRole('navigation')).toHaveCount(0);
  await expect.poll(() => home.evaluate(() => (window as unknown as { asked: number }).asked)).toBeGreaterThan(0);
  // Everything is in sight at any size.
  for (const size of [{ width: 1920, height: 1080 }, { width: 844, height: 390 }, { width: 390, height: 844 }]) {
    await home.setViewportSize(size);
    await expect
      .poll(() =>
        home.getByRole('article').evaluateAll((cards) =>
          cards.every((card) => {
            const { top, bottom, left, right } = card.getBoundingClientRect();
            return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
          }),
        ),
      )
      .toBe(true);
  }
  await lookEverywhere(home, 'wall');
  // A track is a play after a quarter of a minute; everything else takes longer, and is none here.
  const heard = async () => {
    const query = '{ activity { sessions { viewOffset item { kind } } } }';
    const answer = await home.request.post(`${service.url}graphql`, { data: { query }, headers: { origin: new URL(service.url).origin } });
    const sessions: { viewOffset: number; item: { kind: string } }[] = (await answer.json()).data.activity.sessions;
    return sessions.find(({ item }) => item.kind === 'TRACK')?.viewOffset ?? 0;
  };
  await expect.poll(heard, { timeout: 40_000 }).toBeGreaterThan(16_000);
  await plex.direct('stop', { session: keys[2] });
  await expect(home.getByRole('article')).toHaveCount(CROWD.length - 1);
  await plex.direct('down');
  await expect(home.getByRole('alert')).toContainText('does not answer');
  await expect(home.getByRole('article').first()).toHaveAttribute('data-stale', 'true');
  await lookEverywhere(home, 'wall-lost');
  await plex.direct('up');
  await expect(home.getByRole('alert')).toHaveCount(0, { timeout: 20_000 });
  await plex.direct('stop_all');
  await expect(home.getByRole('heading', { name: 'Nobody is watching' })).toBeVisible({ timeout: 20_000 });
  await expect(home.getByRole('time').or(home.locator('time'))).toHaveText(/\d\d:\d\d/);
  await expect(home.getByText(/^Last: /)).toBeVisible({ timeout: 25_000 });
  await lookEverywhere(home, 'wall-quiet');
  await home.keyboard.press('Escape');
  await expect(home).toHaveURL(/\/activity$/);
  await home.setViewportSize({ width: 1440, height: 900 });
  await home.keyboard.press('Control+k');
  await home.getByRole('combobox').fill('wall');
  await home.getByRole('option', { name: /Wall display/ }).click();
  await expect(home).toHaveURL(/\/wall$/);
});
