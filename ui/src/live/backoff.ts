const FIRST = 500;
const LONGEST = 15_000;

/** The wait in milliseconds before a further attempt, counted from 0; `dice` in [0, 1) spreads clients that were cut off together. */
export function backoff(attempt: number, dice: number): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 10));
  return Math.round(full * (0.6 + 0.4 * dice));
}
