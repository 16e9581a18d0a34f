import type { Filter } from '../history/filter';
import { daysBefore } from '../history/filter';
import type { Span } from '../history/span';
import type { GraphBucket, GraphSeriesKind } from '../live/schema';
import type { GraphFragment } from './graphs.generated';

export type Field = 'plays' | 'streamTypes' | 'concurrency' | 'bandwidth' | 'addresses' | 'users' | 'userStreamTypes' | 'platforms' | 'platformStreamTypes' | 'sourceResolutions' | 'streamResolutions';

/** `time` follows the chosen bucket; a fixed bucket is the same for every window. */
export type Chart = { name: ChartName; field: Field; axis: 'time' | 'days' | 'weekday' | 'hour' | 'names'; drill: 'span' | 'user' | 'platform' | null };

export const CHARTS = [
  { name: 'plays', field: 'plays', axis: 'time', drill: 'span' },
  { name: 'streamTypes', field: 'streamTypes', axis: 'time', drill: 'span' },
  { name: 'concurrency', field: 'concurrency', axis: 'days', drill: 'span' },
  { name: 'bandwidth', field: 'bandwidth', axis: 'days', drill: 'span' },
  { name: 'addresses', field: 'addresses', axis: 'time', drill: 'span' },
  { name: 'weekday', field: 'plays', axis: 'weekday', drill: null },
  { name: 'hour', field: 'plays', axis: 'hour', drill: null },
  { name: 'users', field: 'users', axis: 'names', drill: 'user' },
  { name: 'userStreamTypes', field: 'userStreamTypes', axis: 'names', drill: 'user' },
  { name: 'platforms', field: 'platforms', axis: 'names', drill: 'platform' },
  { name: 'platformStreamTypes', field: 'platformStreamTypes', axis: 'names', drill: 'platform' },
  { name: 'sourceResolutions', field: 'sourceResolutions', axis: 'names', drill: null },
  { name: 'streamResolutions', field: 'streamResolutions', axis: 'names', drill: null },
] as const satisfies readonly { name: string; field: Field; axis: string; drill: string | null }[];
export type ChartName = (typeof CHARTS)[number]['name'];

/** The graphs that say something to somebody: a guest sees one user alone. */
export function chartsFor(isAdmin: boolean): readonly Chart[] {
  return CHARTS.filter(({ drill }) => isAdmin || drill !== 'user');
}

export function chartNamed<Name extends ChartName>(name: Name): Extract<(typeof CHARTS)[number], { name: Name }> {
  return CHARTS.find((chart) => chart.name === name) as Extract<(typeof CHARTS)[number], { name: Name }>;
}

/** What is no sum: the most of a day or week says nothing when it is added to another. The same whether plays or their time are counted. */
const PEAKS: ReadonlySet<Field> = new Set(['concurrency', 'bandwidth', 'addresses']);
export const isOfPeaks = ({ field }: Chart): boolean => PEAKS.has(field);

/** No field of a graph is asked for; those that are wanted are said beside it. */
export const NO_FIELDS: Record<Field, boolean> = {
  plays: false,
  streamTypes: false,
  concurrency: false,
  bandwidth: false,
  addresses: false,
  users: false,
  userStreamTypes: false,
  platforms: false,
  platformStreamTypes: false,
  sourceResolutions: false,
  streamResolutions: false,
};

export const BUCKETS = ['DAY', 'WEEK', 'MONTH'] as const;
export type TimeBucket = (typeof BUCKETS)[number];

/** So many columns can still be told apart. */
export function bucketFor(span: Span, today: string): TimeBucket {
  const days = span.days ? Number(span.days) : span.from ? Math.round((Date.parse(span.to ?? today) - Date.parse(span.from)) / 86_400_000) + 1 : Infinity;
  if (days <= 100) return 'DAY';
  return days <= 400 ? 'WEEK' : 'MONTH';
}

/** What is summed up from the plays themselves is told of so many days at most; addresses of single users, a guest among them, of any. */
export function isTooLong({ field }: Chart, filter: Filter, span: Span, today: string, isAdmin: boolean): boolean {
  const isSummed = field === 'bandwidth' || (field === 'addresses' && isAdmin && !filter.user?.length);
  return isSummed && bucketFor(span, today) === 'MONTH';
}

export function bucketOf(axis: Chart['axis'], chosen: TimeBucket): GraphBucket {
  switch (axis) {
    case 'weekday':
      return 'DAY_OF_WEEK';
    case 'hour':
      return 'HOUR_OF_DAY';
    case 'time':
      return chosen;
    default:
      return 'DAY';
  }
}

type Category = GraphFragment['categories'][number];

/** The last day that belongs to a column of time. */
export function lastDay(first: string, bucket: GraphBucket): string {
  if (bucket === 'WEEK') return daysBefore(first, -6);
  if (bucket !== 'MONTH') return first;
  const date = new Date(`${first}T00:00:00Z`);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

/** The history behind some neighbouring columns; null where no filter can say it. */
export function rowsBehind(chart: Chart, bucket: GraphBucket, from: Category | undefined, to: Category | undefined, filter: Filter): Filter | null {
  if (!from || !to) return null;
  switch (chart.drill) {
    case 'span':
      if (!from.date || !to.date) return null;
      return { ...filter, days: undefined, from: from.date, to: lastDay(to.date, bucket) };
    case 'user':
      return from.user ? { ...filter, user: [from.user.id] } : null;
    case 'platform':
      return from.label ? { ...filter, platform: [from.label] } : null;
    default:
      return null;
  }
}

/** Which columns are days of a weekend; none where a column is more or less than a day. */
export function restDays(categories: readonly Category[], bucket: GraphBucket): boolean[] {
  return bucket === 'DAY' ? categories.map(({ date }) => !!date && [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())) : [];
}

/** Lines that have something to say, in the order in which they are drawn. */
export function seriesOf(graph: GraphFragment): GraphFragment['series'] {
  return graph.series.filter(({ values, kind }) => kind === 'TOTAL' || values.some((value) => value > 0));
}

/** Of each column the one of the span before that lies under it. The ends are laid on each other, since spans of weeks or months need not have as many columns. */
export function columnsBefore(now: number, before: number): (number | null)[] {
  return Array.from({ length: now }, (_, n) => (n + before - now >= 0 ? n + before - now : null));
}

/** What a line over the columns says: their height, or of what was most at once that of all. */
export function heights(graph: GraphFragment, hidden: readonly GraphSeriesKind[]): number[] {
  const shown = graph.series.filter(({ kind }) => !hidden.includes(kind));
  const total = graph.series.find(({ kind }) => kind === 'TOTAL');
  if (total) return shown.includes(total) ? [...total.values] : [];
  return graph.categories.map((_, n) => shown.reduce((sum, { values }) => sum + (values[n] ?? 0), 0));
}

export const TONES: Record<GraphSeriesKind, string> = {
  SHOWS: '--series-shows',
  MOVIES: '--series-movies',
  MUSIC: '--series-music',
  LIVE: '--series-live',
  DIRECT_PLAY: '--series-direct',
  DIRECT_STREAM: '--series-copy',
  TRANSCODE: '--series-transcode',
  LOCAL: '--series-local',
  REMOTE: '--series-remote',
  TOTAL: '--series-total',
};
