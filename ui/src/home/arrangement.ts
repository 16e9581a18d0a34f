import { ownStore } from '../account/own';
import { KINDS, type Kind } from '../added/kinds';
import { fieldsOf } from '../live/kept';
import { createStore } from '../live/store';

/** The parts of the first page. */
export const SECTIONS = ['now', 'added', 'statistics', 'libraries'] as const;
export type SectionName = (typeof SECTIONS)[number];

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

/** Cards that compare users; to a guest, who sees one alone, they say nothing. */
const OF_USERS: readonly CardName[] = ['users', 'popularMovies', 'popularShows', 'popularArtists'];

export function cardsFor(isAdmin: boolean, cards: Order<CardName>): CardName[] {
  return shownOf(cards).filter((name) => isAdmin || !OF_USERS.includes(name));
}

export const WINDOWS = ['7', '30', '90', '365', 'all'] as const;
export const COUNTS = [5, 10, 20] as const;

/** Names in their order, all of them, and those that are put away. */
export type Order<Name extends string> = { order: readonly Name[]; hidden: readonly Name[] };

/** How somebody wants the first page. */
export type Arrangement = {
  sections: Order<SectionName>;
  cards: Order<CardName>;
  /** Of what the newest is shown. */
  added: Kind;
  window: (typeof WINDOWS)[number];
  measure: 'PLAYS' | 'DURATION';
  count: number;
};

/** Makes sense of an order: names that are new since then come last. */
function readOrder<Name extends string>(told: Record<string, unknown>, all: readonly Name[]): Order<Name> {
  const { order, hidden } = told;
  const listed: unknown[] = Array.isArray(order) ? order : [];
  const known = all.filter((name) => listed.includes(name)).sort((a, b) => listed.indexOf(a) - listed.indexOf(b));
  return {
    order: [...known, ...all.filter((name) => !known.includes(name))],
    hidden: Array.isArray(hidden) ? all.filter((name) => hidden.includes(name)) : [],
  };
}

/** Makes sense of what was kept; before there were sections, the order of the cards stood by itself. */
export function readArrangement(told: unknown): Arrangement {
  const fields = fieldsOf(told);
  const { window, measure, count, added } = fields;
  return {
    sections: readOrder(fieldsOf(fields['sections']), SECTIONS),
    cards: readOrder('cards' in fields ? fieldsOf(fields['cards']) : fields, CARDS),
    added: KINDS.find((one) => one === added) ?? 'all',
    window: WINDOWS.find((one) => one === window) ?? '30',
    measure: measure === 'DURATION' ? 'DURATION' : 'PLAYS',
    count: COUNTS.find((one) => one === count) ?? 5,
  };
}

export const arrangement = ownStore('tautulli-home', readArrangement);

/** What is being dragged. */
export const held = createStore<string | null>(null);

export function shownOf<Name extends string>({ order, hidden }: Order<Name>): Name[] {
  return order.filter((name) => !hidden.includes(name));
}

/** With a name one place further to the front (-1) or the back (1), past hidden ones. */
export function moved<Name extends string>(now: Order<Name>, name: Name, by: -1 | 1): Order<Name> {
  const shown = shownOf(now);
  const neighbour = shown[shown.indexOf(name) + by];
  return neighbour && shown.includes(name) ? dropped(now, name, neighbour) : now;
}

/** With a name put where another one is. */
export function dropped<Name extends string>(now: Order<Name>, name: Name, onto: Name): Order<Name> {
  const { order } = now;
  if (name === onto || !order.includes(name) || !order.includes(onto)) return now;
  const forward = order.indexOf(name) < order.indexOf(onto);
  const rest = order.filter((one) => one !== name);
  rest.splice(rest.indexOf(onto) + (forward ? 1 : 0), 0, name);
  return { ...now, order: rest };
}

/** With a name put away, or taken out again. */
export function toggledIn<Name extends string>(now: Order<Name>, name: Name): Order<Name> {
  const hidden = now.hidden.includes(name) ? now.hidden.filter((one) => one !== name) : [...now.hidden, name];
  return { ...now, hidden };
}
