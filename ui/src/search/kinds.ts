import { choices, text } from '../shell/search-params';

/** The kinds that a search tells apart, in the order in which they are shown. */
export const SEARCHED = ['MOVIE', 'SHOW', 'SEASON', 'EPISODE', 'ARTIST', 'ALBUM', 'TRACK', 'COLLECTION', 'PLAYLIST'] as const;
export type SearchedKind = (typeof SEARCHED)[number];

export type SearchPageSearch = { q?: string | undefined; kind?: SearchedKind | undefined };

export function readSearch(search: Record<string, unknown>): SearchPageSearch {
  return { q: text(search['q']), kind: choices(search['kind'], SEARCHED)[0] };
}
