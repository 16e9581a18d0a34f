import { text } from '../shell/search-params';
import type { MediaKind } from '../live/schema';

/** What may be new, as it stands in an address. */
export const KINDS = ['all', 'movies', 'shows', 'music', 'videos'] as const;
export type Kind = (typeof KINDS)[number];

/** So many at first, so many more each time, and no more than the service tells. */
export const PAGE = 48;
export const MOST = 500;

export type AddedSearch = { kind?: Exclude<Kind, 'all'> | undefined; server?: string | undefined; count?: string | undefined };

/** Reads an address as far as it is understood. */
export function readAdded(search: Record<string, unknown>): AddedSearch {
  const kind = KINDS.find((one) => one === text(search['kind']));
  const count = Number(text(search['count']));
  return {
    kind: kind === 'all' ? undefined : kind,
    server: text(search['server']),
    count: Number.isInteger(count) && count > PAGE ? String(Math.min(count, MOST)) : undefined,
  };
}

/** The same as the service wants it. */
export function askFor(kind: Kind): { kind: MediaKind | null; personal: boolean } {
  switch (kind) {
    case 'all':
      return { kind: null, personal: false };
    case 'movies':
      return { kind: 'MOVIE', personal: false };
    case 'shows':
      return { kind: 'SHOW', personal: false };
    case 'music':
      return { kind: 'ARTIST', personal: false };
    case 'videos':
      return { kind: 'MOVIE', personal: true };
  }
}
