import { describe, expect, it } from 'vitest';
import { backoff } from './backoff';

describe('backoff', () => {
  it('doubles up to a limit', () => {
    expect([0, 1, 2, 3].map((attempt) => backoff(attempt, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(backoff(40, 1)).toBe(15_000);
  });

  it('spreads clients, never by more than two fifths', () => {
    expect(backoff(0, 0)).toBe(300);
    expect(backoff(40, 0)).toBe(9_000);
  });
});
