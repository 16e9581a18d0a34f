import { useTranslation } from 'react-i18next';
import type { ItemSearch } from '../items/subject';
import type { MediaKind } from '../live/schema';
import { useTitleLines } from '../streams/title-lines';
import { unbroken } from '../strings/format';
import type { RecentlyAddedQuery } from './added.generated';

export type Added = RecentlyAddedQuery['recentlyAdded'][number];

/** The page of something new; none where the server gave it no name that lasts. */
export function pageOf({ kind, guid, ratingKey }: { kind: MediaKind; guid?: string | null; ratingKey?: string | null }): ItemSearch | null {
  switch (kind) {
    case 'SHOW':
    case 'ARTIST':
      return ratingKey ? { show: ratingKey } : null;
    case 'SEASON':
    case 'ALBUM':
      return ratingKey ? { season: ratingKey } : null;
    default:
      return guid ? { guid } : null;
  }
}

/** What stands below its picture: a season under the name of its show, an album above its artist's. */
export function useNames({ facts, leafCount }: Added): { first: string; second: string | null } {
  const { t } = useTranslation();
  const lines = useTitleLines(facts);
  const count = leafCount ?? 0;
  switch (facts.kind) {
    case 'SEASON':
      return {
        first: facts.parentTitle ?? lines.first,
        second: [facts.title, count > 0 && unbroken(t('added.episodes', { count }))].filter(Boolean).join(' · ') || null,
      };
    case 'ALBUM':
      return { first: lines.first, second: [facts.parentTitle, facts.year].filter(Boolean).join(' · ') || null };
    default:
      return { first: lines.first, second: lines.second ?? (facts.year ? String(facts.year) : null) };
  }
}
