import { describe, expect, it } from 'vitest';
import { changesOf, linesOf, pointsOf, type Held } from './growth';

const reckoned = (day: string, items: number): Held => ({ day, items, size: items * 10, isReckoned: true });
const measured = (day: string, items: number): Held => ({ day, items, size: items * 10, isReckoned: false });

/** Nothing before June 2024, then months, then days. */
const GROWTH = [
  ...['2024-06-01', '2024-07-01', '2024-08-01', '2024-09-01', '2024-10-01', '2024-11-01', '2024-12-01', '2025-01-01', '2025-02-01', '2025-03-01', '2025-04-01', '2025-05-01', '2025-06-01', '2025-07-01'].map((day, n) => reckoned(day, n)),
  measured('2025-07-29', 20),
  measured('2025-07-30', 22),
  measured('2025-07-31', 21),
];

describe('the growth of a library', () => {
  it('is looked at month by month, from nothing to now', () => {
    const { points, bucket } = pointsOf(GROWTH, undefined);
    expect(bucket).toBe('MONTH');
    expect(points.map(({ day, held }) => `${day} ${held.items}`)).toEqual([
      '2024-05-31 0', '2024-06-30 1', '2024-07-31 2', '2024-08-31 3', '2024-09-30 4', '2024-10-31 5', '2024-11-30 6', '2024-12-31 7',
      '2025-01-31 8', '2025-02-28 9', '2025-03-31 10', '2025-04-30 11', '2025-05-31 12', '2025-06-30 13', '2025-07-31 21',
    ]);
  });

  it('is looked at more closely where less of it is wanted', () => {
    const year = pointsOf(GROWTH, 365);
    expect([year.bucket, year.points.length, year.points[0]?.day]).toEqual(['WEEK', 53, '2024-08-01']);
    const quarter = pointsOf(GROWTH, 90);
    expect([quarter.bucket, quarter.points.length]).toEqual(['DAY', 90]);
    // Between two days of which something is known it grows evenly.
    expect(quarter.points.slice(-4).map(({ held }) => `${held.size} ${held.isReckoned}`)).toEqual(['198 true', '200 false', '220 false', '210 false']);
  });

  it('begins no earlier than what is known', () => {
    expect(pointsOf(GROWTH.slice(-2), 365).points.map(({ day }) => day)).toEqual(['2025-07-30', '2025-07-31']);
    expect(pointsOf([], 365).points).toEqual([]);
  });

  it('is told since the days of which something is known', () => {
    expect(changesOf(GROWTH, [30, 365])).toEqual([
      { day: '2025-06-30', items: 8, size: 80 },
      { day: '2024-07-31', items: 19, size: 190 },
    ]);
    // Once for both where nothing older is known, and not at all where there is nothing to compare.
    expect(changesOf(GROWTH.slice(-2), [30, 365])).toEqual([{ day: '2025-07-30', items: -1, size: -10 }]);
    expect(changesOf(GROWTH.slice(-1), [30, 365])).toEqual([]);
  });

  it('is drawn as two lines that meet', () => {
    const { points } = pointsOf(GROWTH, 5);
    expect(linesOf(points, ({ size }) => size)).toEqual({ reckoned: [195, 198, 200, null, null], measured: [null, null, 200, 220, 210] });
  });
});
