import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useFormat, type Format } from '../strings/format';
import type { LiveSession } from './live';
import type { TitledItemFragment } from './live-session.generated';
import { titleOf } from './title';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Kinds that can be watched and have a name of their own here. */
const KINDS = ['MOVIE', 'EPISODE', 'TRACK', 'CLIP', 'PHOTO'] as const;

type Lines = { first: string; second: string | null; meta: string | null };

export function useTitleLines(item: TitledItemFragment): Lines {
  return titleLines(item, useTranslation().t, useFormat());
}

/** The same of a stream, which a guest may be told of without its title. */
export function useStreamLines({ item, masked }: Pick<LiveSession, 'item' | 'masked'>): Lines {
  const { t } = useTranslation();
  const lines = useTitleLines(item);
  return masked && !item.title ? { ...lines, second: t('card.untitled') } : lines;
}

/** "S1 E2", as far as it is numbered. */
export function episodeNumber(season: number | null | undefined, episode: number | null | undefined, t: TFunction): string {
  return [season == null ? null : t('card.season', { season }), episode == null ? null : t('card.episode', { episode })].filter(Boolean).join(' ');
}

/** The lines below a title: episode, artist and album, channel; then year and library. */
export function titleLines(item: TitledItemFragment, t: TFunction, format: Format): Lines {
  const title = titleOf(item);
  const dated = (text: string | null) => (text && DAY.test(text) ? format.day(text) : text);
  const number = title.number && episodeNumber(title.number.season, title.number.episode, t);
  const kind = KINDS.find((known) => known === item.kind) ?? 'OTHER';
  const channel = item.airing && [item.airing.channelVcn, item.airing.channelTitle ?? item.airing.channelCallSign];
  return {
    first: title.first || t(`kind.${item.live ? 'LIVE' : kind}`),
    second: [number, dated(title.second)].filter(Boolean).join(' · ') || null,
    meta:
      [
        ...(item.live && title.first ? [t('kind.LIVE'), channel?.filter(Boolean).join(' ')] : []),
        dated(title.third),
        title.year,
        item.live ? null : item.libraryName,
      ]
        .filter(Boolean)
        .join(' · ') || null,
  };
}
