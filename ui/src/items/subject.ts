import type { Filter } from '../history/filter';
import type { StatisticsSubject } from '../live/schema';

/** Which item: by its guid, or a show, artist, season or album by Plex's key. */
export type ItemSearch = { guid?: string | undefined; show?: string | undefined; season?: string | undefined };

export function filterOf({ guid, show, season }: ItemSearch): Filter {
  if (guid) return { item: [guid] };
  return show ? { show: [show] } : { season: season ? [season] : undefined };
}

export function subjectOf({ guid, show, season }: ItemSearch): StatisticsSubject {
  return guid ? { guids: [guid] } : { ratingKeys: [show ?? season ?? ''] };
}

/** The page of what a filter of the history looks at, if it is one item. */
export function itemOf({ item, show, season }: Filter): ItemSearch | null {
  if (item?.[0]) return { guid: item[0] };
  if (show?.[0]) return { show: show[0] };
  return season?.[0] ? { season: season[0] } : null;
}

type Named = { kind: string; title?: string | null; parentTitle?: string | null; grandparentTitle?: string | null; year?: number | null };

/** The names of an item at the level that is looked at. */
export function namesOf(item: Named, { guid, show }: ItemSearch): { title: string; above: string | null } {
  if (guid) return { title: item.title ?? '', above: item.grandparentTitle ?? item.parentTitle ?? null };
  if (show) return { title: item.grandparentTitle ?? item.title ?? '', above: null };
  return { title: item.parentTitle ?? item.title ?? '', above: item.grandparentTitle ?? null };
}
