import { fieldsOf, keptStore } from '../live/kept';

export const CARDS = [
  'topMovies',
  'topShows',
  'users',
  'recentlyWatched',
  'mostConcurrent',
  'popularMovies',
  'popularShows',
  'libraries',
  'platforms',
  'topArtists',
  'popularArtists',
] as const;
export type CardName = (typeof CARDS)[number];

export const WINDOWS = ['7', '30', '90', '365', 'all'] as const;
export const COUNTS = [5, 10, 20] as const;

/** How somebody wants the first page; kept in this browser. */
export type Arrangement = {
  /** All cards, in their order. */
  order: readonly CardName[];
  hidden: readonly CardName[];
  window: (typeof WINDOWS)[number];
  measure: 'PLAYS' | 'DURATION';
  count: number;
};

/** Makes sense of what was kept: cards that are new since then come last. */
export function readArrangement(told: unknown): Arrangement {
  const { order, hidden, window, measure, count } = fieldsOf(told);
  const listed = Array.isArray(order) ? order : [];
  const known = listed.filter((name, at): name is CardName => CARDS.includes(name) && listed.indexOf(name) === at);
  return {
    order: [...known, ...CARDS.filter((name) => !known.includes(name))],
    hidden: Array.isArray(hidden) ? CARDS.filter((name) => hidden.includes(name)) : [],
    window: WINDOWS.find((one) => one === window) ?? '30',
    measure: measure === 'DURATION' ? 'DURATION' : 'PLAYS',
    count: COUNTS.find((one) => one === count) ?? 5,
  };
}

export const arrangement = keptStore('tautulli-home', readArrangement);

/** The order with a card one place further to the front (-1) or the back (1), past hidden ones. */
export function moved(order: readonly CardName[], hidden: readonly CardName[], name: CardName, by: -1 | 1): CardName[] {
  const shown = order.filter((one) => !hidden.includes(one));
  const neighbour = shown[shown.indexOf(name) + by];
  if (!neighbour) return [...order];
  const rest = order.filter((one) => one !== name);
  const at = rest.indexOf(neighbour);
  rest.splice(by === 1 ? at + 1 : at, 0, name);
  return rest;
}

/** The order with a card put where another one is. */
export function dropped(order: readonly CardName[], name: CardName, onto: CardName): CardName[] {
  if (name === onto) return [...order];
  const forward = order.indexOf(name) < order.indexOf(onto);
  const rest = order.filter((one) => one !== name);
  rest.splice(rest.indexOf(onto) + (forward ? 1 : 0), 0, name);
  return rest;
}
