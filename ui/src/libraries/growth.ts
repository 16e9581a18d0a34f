import { bucketFor, type TimeBucket } from '../graphs/charts';
import { daysBefore } from '../history/filter';

/** What a library held on a day, as it was measured or reckoned. */
export type Held = { day: string; items: number; size: number; isReckoned: boolean };

/** A moment at which it is looked at, and what it held then. */
export type Point = { day: string; held: Pick<Held, 'items' | 'size' | 'isReckoned'> };

/** What is reckoned for a day is what had been added before it, so it holds for the end of the day before. */
export function asOf({ day, isReckoned }: Held): string {
  return isReckoned ? daysBefore(day, 1) : day;
}

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The growth at moments that are equally far from each other, the last of them the newest; `days` back from there, or from the beginning. */
export function pointsOf(growth: readonly Held[], days: number | undefined): { points: Point[]; bucket: TimeBucket } {
  const [first, last] = [growth[0], growth.at(-1)];
  if (!first || !last) return { points: [], bucket: 'DAY' };
  const [begin, end] = [asOf(first), asOf(last)];
  const wanted = days === undefined ? begin : daysBefore(end, days - 1);
  const from = wanted > begin ? wanted : begin;
  const bucket = bucketFor({ from, to: end }, end);
  const moments: string[] = [];
  for (let day = end; day >= from; day = before(day, bucket)) moments.unshift(day);
  let known = 0;
  const points = moments.map((day) => {
    while (asOf(growth[known + 1] ?? last) <= day && known < growth.length - 1) known += 1;
    return { day, held: between(growth[known] ?? last, growth[known + 1], day) };
  });
  return { points, bucket };
}

/** What it held on a day between two of which something is known, as if it had grown evenly: a jump would say that all came on one day. */
function between(then: Held, next: Held | undefined, day: string): Point['held'] {
  const passed = daysBetween(asOf(then), day);
  if (!next || passed <= 0) return then;
  const share = passed / daysBetween(asOf(then), asOf(next));
  const value = (from: number, to: number) => Math.round(from + (to - from) * share);
  return { items: value(then.items, next.items), size: value(then.size, next.size), isReckoned: then.isReckoned || next.isReckoned };
}

/** The moment before: the end of the month before, or so many days. */
function before(day: string, bucket: TimeBucket): string {
  return bucket === 'MONTH' ? daysBefore(`${day.slice(0, 7)}-01`, 1) : daysBefore(day, bucket === 'WEEK' ? 7 : 1);
}

export type Change = { day: string; items: number; size: number };

/** By how much it is more or less than so many days before, each since the day nearest to that of which something is known. */
export function changesOf(growth: readonly Held[], spans: readonly number[]): Change[] {
  const last = growth.at(-1);
  if (!last) return [];
  const found = spans.flatMap((days): Change[] => {
    const wanted = daysBefore(asOf(last), days);
    const far = (held: Held) => Math.abs(daysBetween(asOf(held), wanted));
    const then = growth.reduce((best, held) => (far(held) < far(best) ? held : best), last);
    return then === last ? [] : [{ day: asOf(then), items: last.items - then.items, size: last.size - then.size }];
  });
  return found.filter(({ day }, n) => found.findIndex((other) => other.day === day) === n);
}

/** Two lines that meet: what was measured, and before it what was only reckoned. */
export function linesOf(points: readonly Point[], amount: (held: Point['held']) => number): { reckoned: (number | null)[]; measured: (number | null)[] } {
  const measured = points.map(({ held }) => (held.isReckoned ? null : amount(held)));
  // Up to the first that was measured, so that there is no gap between them.
  const reckoned = points.map(({ held }, n) => (held.isReckoned || points[n - 1]?.held.isReckoned ? amount(held) : null));
  return { reckoned, measured };
}
