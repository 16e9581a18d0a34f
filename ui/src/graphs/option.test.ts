import { describe, expect, it } from 'vitest';
import { stepOf } from './option';

const HOUR = 3_600_000;

describe('an axis of times', () => {
  it('has at most five lines, at round times', () => {
    expect([0, 4 * 60_000, HOUR, 14 * HOUR, 55 * HOUR, 400 * HOUR, 10_000 * HOUR].map((most) => stepOf(most) / HOUR)).toEqual([1 / 60, 1 / 60, 0.25, 3, 12, 120, 2160]);
  });
});
