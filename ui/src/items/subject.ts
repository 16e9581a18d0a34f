import type { Filter } from '../history/filter';
import type { MediaKind, StatisticsSubject } from '../live/schema';
import { text } from '../shell/search-params';

/**
 * Which item: by its guid, or a show, artist, season or album by Plex's key, or anything by Plex's key, whose level then tells
 * what of it was played. The server is named where there are several.
 */
export type ItemSearch = {
  guid?: string | undefined;
  show?: string | undefined;
  season?: string | undefined;
  key?: string | undefined;
  server?: string | undefined;
};

/** What of the history an item is. */
export type Level = Pick<ItemSearch, 'guid' | 'show' | 'season'>;

export function readItem(search: Record<string, unknown>): ItemSearch {
  return { guid: text(search['guid']), show: text(search['show']), season: text(search['season']), key: text(search['key']), server: text(search['server']) };
}

export function filterOf({ guid, show, season }: Level): Filter {
  if (guid) return { item: [guid] };
  return show ? { show: [show] } : { season: season ? [season] : undefined };
}

export function subjectOf({ guid, show, season }: Level): StatisticsSubject {
  return guid ? { guids: [guid] } : { ratingKeys: [show ?? season ?? ''] };
}

/** The page of what a filter of the history looks at, if it is one item. */
export function itemOf({ item, show, season }: Filter): ItemSearch | null {
  if (item?.[0]) return { guid: item[0] };
  if (show?.[0]) return { show: show[0] };
  return season?.[0] ? { season: season[0] } : null;
}

/** The level that an address names by itself. */
export function levelIn({ guid, show, season }: ItemSearch): Level | null {
  if (guid) return { guid };
  if (show) return { show };
  return season ? { season } : null;
}

type Placed = { kind: MediaKind; ratingKey?: string | null; guid?: string | null };

/** The level of an item that the server has; none for what has no plays of its own, as collections. */
export function levelOf({ kind, ratingKey, guid }: Placed): Level | null {
  switch (kind) {
    case 'SHOW':
    case 'ARTIST':
      return ratingKey ? { show: ratingKey } : null;
    case 'SEASON':
    case 'ALBUM':
      return ratingKey ? { season: ratingKey } : null;
    case 'COLLECTION':
    case 'PLAYLIST':
    case 'PHOTO_ALBUM':
      return null;
    default:
      return guid ? { guid } : null;
  }
}

/** More members than this do not fit into an address. */
const MOST_MEMBERS = 100;

/** The plays of all members together, where they are of one kind that has plays and not too many. */
export function together(members: readonly Placed[]): { filter: Filter; keys: string[] } | null {
  const keys = members.flatMap(({ ratingKey }) => (ratingKey ? [ratingKey] : []));
  if (keys.length === 0 || keys.length > MOST_MEMBERS || keys.length < members.length) return null;
  if (members.every(({ kind }) => kind === 'SHOW' || kind === 'ARTIST')) return { filter: { show: keys }, keys };
  if (members.every(({ kind }) => kind === 'SEASON' || kind === 'ALBUM')) return { filter: { season: keys }, keys };
  const guids = members.flatMap(({ kind, guid }) => (guid && kind === 'MOVIE' ? [guid] : []));
  return guids.length === members.length ? { filter: { item: guids }, keys } : null;
}

type Named = { kind: string; title?: string | null; parentTitle?: string | null; grandparentTitle?: string | null; year?: number | null };

/** The names of an item at the level that is looked at. */
export function namesOf(item: Named, { guid, show }: Level): { title: string; above: string | null } {
  if (guid) return { title: item.title ?? '', above: item.grandparentTitle ?? item.parentTitle ?? null };
  if (show) return { title: item.grandparentTitle ?? item.title ?? '', above: null };
  return { title: item.parentTitle ?? item.title ?? '', above: item.grandparentTitle ?? null };
}

/** An item's pages elsewhere, by the identifiers that Plex tells. */
export function elsewhere(guids: readonly string[], kind: MediaKind): { name: string; url: string }[] {
  return guids.flatMap((guid) => {
    const [, agent, id] = /^(\w+):\/\/([\w-]+)$/.exec(guid) ?? [];
    if (!agent || !id) return [];
    switch (agent) {
      case 'imdb':
        return [{ name: 'IMDb', url: `https://www.imdb.com/title/${id}/` }];
      case 'tmdb':
        return kind === 'MOVIE' || kind === 'SHOW' ? [{ name: 'TMDB', url: `https://www.themoviedb.org/${kind === 'MOVIE' ? 'movie' : 'tv'}/${id}` }] : [];
      case 'tvdb':
        return [{ name: 'TheTVDB', url: `https://thetvdb.com/dereferrer/${kind === 'MOVIE' ? 'movie' : kind === 'SHOW' ? 'series' : kind === 'SEASON' ? 'season' : 'episode'}/${id}` }];
      case 'mbid':
        return [{ name: 'MusicBrainz', url: `https://musicbrainz.org/${kind === 'ARTIST' ? 'artist' : kind === 'ALBUM' ? 'release' : 'track'}/${id}` }];
      default:
        return [];
    }
  });
}

/** The neighbours of an item among its siblings, in their order. */
export function neighbours<Item extends { ratingKey?: string | null }>(all: readonly Item[], key: string): { before: Item | undefined; after: Item | undefined } {
  const at = all.findIndex(({ ratingKey }) => ratingKey === key);
  return at < 0 ? { before: undefined, after: undefined } : { before: all[at - 1], after: all[at + 1] };
}
