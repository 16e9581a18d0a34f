import type { Arrangement, CardName } from './arrangement';
import type { HomeCardsQuery } from './home.generated';

/** So many rows of the time before are looked at. */
export const MOST = 500;

type Cards = HomeCardsQuery['statistics'];
type Counted = { plays: number; played: number; userCount?: number | null | undefined };
type Row = Counted & {
  title?: string | null | undefined;
  year?: number | null | undefined;
  artist?: string | null | undefined;
  user?: { id: string } | null | undefined;
  library?: { id: string } | null | undefined;
  platform?: string | null | undefined;
};

/** By how much, in what the card counts; `new` where there was nothing before, null where it cannot be told. */
export type Difference = number | 'new' | null;

const keyOf = ({ user, library, platform, title, year, artist }: Row) => JSON.stringify([user?.id, library?.id, platform, title, year, artist]);

function rowsOf(name: CardName, cards: Cards): readonly Row[] | undefined {
  return name === 'mostConcurrent' || name === 'recentlyWatched' ? undefined : cards[name];
}

/** What a card's number counts. */
export function unitOf(name: CardName, measure: Arrangement['measure']): 'users' | 'streams' | 'plays' | 'time' {
  if (name === 'mostConcurrent') return 'streams';
  if (name.startsWith('popular')) return 'users';
  return measure === 'PLAYS' ? 'plays' : 'time';
}

/** How each line of a card differs from the same thing in the time before, in the order of the lines. */
export function differences(name: CardName, now: Cards, before: Cards, measure: Arrangement['measure']): Difference[] {
  if (name === 'mostConcurrent') {
    const counts = new Map(before.mostConcurrent?.map(({ decision, count }) => [decision, count]));
    return (before.mostConcurrent && now.mostConcurrent?.map(({ decision, count }) => (counts.has(decision) ? count - (counts.get(decision) ?? 0) : 'new'))) ?? [];
  }
  const then = rowsOf(name, before);
  const rows = rowsOf(name, now);
  if (!then || !rows) return [];
  const unit = unitOf(name, measure);
  const amount = ({ plays, played, userCount }: Counted) => (unit === 'users' ? (userCount ?? 0) : unit === 'plays' ? plays : played);
  const amounts = new Map(then.map((row) => [keyOf(row), amount(row)]));
  return rows.map((row) => {
    const was = amounts.get(keyOf(row));
    // What is not among so many rows may have come after them.
    if (was === undefined) return then.length < MOST ? 'new' : null;
    return amount(row) - was;
  });
}
