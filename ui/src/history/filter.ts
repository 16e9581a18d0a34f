import { choices, text, texts } from '../shell/search-params';
import type { HistoryFilter, MediaKind } from '../live/schema';

export const TYPES = ['movie', 'episode', 'track', 'live', 'photo', 'clip'] as const;
export const DELIVERIES = ['direct', 'copy', 'transcode'] as const;
export const PLACES = ['LAN', 'WAN', 'CELLULAR'] as const;
export const WATCHED = ['yes', 'partly', 'no'] as const;

export type Type = (typeof TYPES)[number];

/** What is looked for, as it stands in an address. Everything is joined by "and", the values of one part by "or". */
export type Filter = {
  q?: string | undefined;
  /** Ids. */
  user?: string[] | undefined;
  library?: string[] | undefined;
  type?: Type[] | undefined;
  way?: (typeof DELIVERIES)[number][] | undefined;
  platform?: string[] | undefined;
  product?: string[] | undefined;
  player?: string[] | undefined;
  address?: string[] | undefined;
  place?: (typeof PLACES)[number][] | undefined;
  watched?: (typeof WATCHED)[number][] | undefined;
  /** So many days, today included. Stands for itself: `from` and `to` are then absent. */
  days?: string | undefined;
  /** Days, YYYY-MM-DD, both included. */
  from?: string | undefined;
  to?: string | undefined;
  /** A guid. */
  item?: string[] | undefined;
  /** Plex's key of a show or artist, and of a season or album. */
  show?: string[] | undefined;
  season?: string[] | undefined;
};

const KINDS: Record<Exclude<Type, 'live'>, MediaKind> = {
  movie: 'MOVIE',
  episode: 'EPISODE',
  track: 'TRACK',
  photo: 'PHOTO',
  clip: 'CLIP',
};
const DECISIONS = { direct: 'DIRECT_PLAY', copy: 'COPY', transcode: 'TRANSCODE' } as const;
const QUARTERS = { no: [0], partly: [1, 2, 3], yes: [4] } as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_DAYS = 36_500;

/** A day that there is. */
export function day(value: unknown): string | undefined {
  const told = text(value);
  if (!told || !DAY.test(told)) return undefined;
  const date = new Date(`${told}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(told) ? told : undefined;
}

const some = <T>(all: T[]): T[] | undefined => (all.length > 0 ? all : undefined);

/** Reads what an address says, as far as it is understood. */
export function readFilter(search: Record<string, unknown>): Filter {
  const count = Number(text(search['days']));
  const days = Number.isInteger(count) && count > 0 && count <= MOST_DAYS ? String(count) : undefined;
  const filter: Filter = {
    q: text(search['q']),
    user: some(texts(search['user'])),
    library: some(texts(search['library'])),
    type: some(choices(search['type'], TYPES)),
    way: some(choices(search['way'], DELIVERIES)),
    platform: some(texts(search['platform'])),
    product: some(texts(search['product'])),
    player: some(texts(search['player'])),
    address: some(texts(search['address'])),
    place: some(choices(search['place'], PLACES)),
    watched: some(choices(search['watched'], WATCHED)),
    days,
    from: days ? undefined : day(search['from']),
    to: days ? undefined : day(search['to']),
    item: some(texts(search['item'])),
    show: some(texts(search['show'])),
    season: some(texts(search['season'])),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Filter;
}

/** The day that lies so many days before another. */
export function daysBefore(last: string, count: number): string {
  const date = new Date(`${last}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - count);
  return date.toISOString().slice(0, 10);
}

/** The first and the last day that are meant. */
export function bounds(filter: Filter, today: string): { after?: string | undefined; before?: string | undefined } {
  if (filter.days) return { after: daysBefore(today, Number(filter.days) - 1) };
  return { after: filter.from, before: filter.to };
}

/** The same as the service wants it. */
export function inputOf(filter: Filter, today: string): HistoryFilter {
  const kinds = filter.type?.flatMap((type) => (type === 'live' ? [] : [KINDS[type]]));
  const { after, before } = bounds(filter, today);
  const input: HistoryFilter = {
    text: filter.q?.trim(),
    userIds: filter.user,
    libraryIds: filter.library,
    kinds: kinds && some(kinds),
    live: filter.type?.includes('live') || undefined,
    decisions: filter.way?.map((way) => DECISIONS[way]),
    platforms: filter.platform,
    products: filter.product,
    players: filter.player,
    addresses: filter.address,
    locations: filter.place,
    watchedQuarters: filter.watched?.flatMap((state) => [...QUARTERS[state]]),
    after,
    before,
    guids: filter.item,
    grandparentRatingKeys: filter.show,
    parentRatingKeys: filter.season,
  };
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== '')) as HistoryFilter;
}

/** How many of its parts say something; a span of time is one. */
export function weigh(filter: Filter): number {
  const { from, to, days, ...rest } = filter;
  return Object.values(rest).filter((value) => value !== undefined && value.length > 0).length + (from || to || days ? 1 : 0);
}

/** With or without a value in one of its lists. */
export function toggled<K extends ListName>(filter: Filter, name: K, value: string): Filter {
  const before: readonly string[] = filter[name] ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return readFilter({ ...filter, [name]: after });
}

export type ListName = {
  [K in keyof Filter]-?: Filter[K] extends string[] | undefined ? K : never;
}[keyof Filter];
