import { expect, it } from 'vitest';
import { folded } from './sharing';

it('a column has the most of its days', () => {
  const days = ['2026-01-01', '2026-01-04', '2026-01-05', '2026-01-11', '2026-01-12'];
  expect(folded(days, [1, 3, 2, 0, 4], ['2025-12-29', '2026-01-05', '2026-01-12'])).toEqual([3, 2, 4]);
  expect(folded(days, [1, 3, 2, 0, 4], days)).toEqual([1, 3, 2, 0, 4]);
  expect(folded([], [], ['2026-01-05'])).toEqual([0]);
  expect(folded(days, [1, 3, 2, 0, 4], [])).toEqual([]);
});
