import { choices, text } from '../shell/search-params';

export const SHOWN = ['present', 'all', 'hidden'] as const;
export type Shown = (typeof SHOWN)[number];
export const ORDERS = ['name', 'last', 'size', 'plays', 'played'] as const;
export type Order = (typeof ORDERS)[number];

/** How a list of users or libraries is looked at, as it stands in an address. */
export type ListingSearch = { q?: string | undefined; shown?: Shown | undefined; order?: Order | undefined; up?: '1' | undefined };

export function readListing(search: Record<string, unknown>): ListingSearch {
  return { q: text(search['q']), shown: choices(search['shown'], SHOWN)[0], order: choices(search['order'], ORDERS)[0], up: text(search['up']) === '1' ? '1' : undefined };
}

/** The part of a page that is looked at, and how its table is: what is looked for, the column, the page. */
export type PartSearch = { tab?: string | undefined; q?: string | undefined; order?: string | undefined; up?: '1' | undefined; page?: string | undefined };

export function readPart(search: Record<string, unknown>): PartSearch {
  const page = Number(text(search['page']));
  return {
    tab: text(search['tab']),
    q: text(search['q']),
    order: text(search['order']),
    up: text(search['up']) === '1' ? '1' : undefined,
    page: Number.isInteger(page) && page > 1 && page <= 10_000 ? String(page) : undefined,
  };
}
