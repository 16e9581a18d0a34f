import { IconBroadcast, IconDeviceTv, IconMovie, IconMusic, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MediaKind } from '../live/schema';
import { unbroken, useFormat } from '../strings/format';

const ICONS: Partial<Record<MediaKind, typeof IconMovie>> = { SHOW: IconDeviceTv, ARTIST: IconMusic, PHOTO: IconPhoto, PHOTO_ALBUM: IconPhoto, MOVIE: IconMovie };

/** A sign for what a library holds. */
export function LibraryIcon({ kind, size = 22 }: { kind: MediaKind; size?: number }) {
  const Icon = ICONS[kind] ?? IconBroadcast;
  return <Icon size={size} stroke={1.5} aria-hidden />;
}

type Counted = { kind: MediaKind; count?: number | null; parentCount?: number | null; childCount?: number | null };

/** What is in a library, at the levels that it has: shows, seasons, episodes. */
export function useHoldings(): (library: Counted) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, count, parentCount, childCount }) => {
    const say = (level: 'movies' | 'shows' | 'seasons' | 'episodes' | 'artists' | 'albums' | 'tracks' | 'photos' | 'items', value: number | null | undefined) =>
      !value && level !== 'movies' && level !== 'shows' && level !== 'artists' ? null : t(`libraries.holds.${level}`, { count: value ?? 0, number: format.number(value ?? 0) });
    const levels =
      kind === 'SHOW'
        ? [say('shows', count), say('seasons', parentCount), say('episodes', childCount)]
        : kind === 'ARTIST'
          ? [say('artists', count), say('albums', parentCount), say('tracks', childCount)]
          : kind === 'MOVIE'
            ? [say('movies', count)]
            : kind === 'PHOTO' || kind === 'PHOTO_ALBUM'
              ? [say('albums', count), say('photos', childCount)]
              : [say('items', count)];
    return levels.flatMap((level) => (level ? [unbroken(level)] : [])).join(' · ');
  };
}
