import type { WatchedFragment } from './profile.generated';

/** A window until now, and by how many plays it differs from the same number of days before it; null where that was not asked. */
export type Window = WatchedFragment & { more: number | null };

/** The windows that are shown. One twice as long is there for the sake of the other: what is left of it is the time before. */
export function windowsOf(times: readonly WatchedFragment[]): Window[] {
  const twice = (days: number) => times.find((other) => days > 0 && other.days === 2 * days);
  const halves = new Set(times.flatMap(({ days }) => twice(days)?.days ?? []));
  return times
    .filter(({ days }) => !halves.has(days))
    .map((one) => {
      const both = twice(one.days);
      return { ...one, more: both ? one.plays - (both.plays - one.plays) : null };
    });
}
