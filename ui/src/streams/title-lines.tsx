import { useTranslation } from 'react-i18next';
import { useFormat } from '../strings/format';
import type { TitledItemFragment } from './live-session.generated';
import { titleOf } from './title';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The lines below a title: episode, artist and album, channel; then year and library. */
export function useTitleLines(item: TitledItemFragment): { first: string; second: string | null; meta: string | null } {
  const { t } = useTranslation();
  const format = useFormat();
  const title = titleOf(item);
  const dated = (text: string | null) => (text && DAY.test(text) ? format.day(text) : text);
  const number = title.number
    ? [
        title.number.season === null ? null : t('card.season', { season: title.number.season }),
        title.number.episode === null ? null : t('card.episode', { episode: title.number.episode }),
      ]
        .filter(Boolean)
        .join(' ')
    : null;
  const channel = item.airing && [item.airing.channelVcn, item.airing.channelTitle ?? item.airing.channelCallSign];
  return {
    first: title.first,
    second: [number, dated(title.second)].filter(Boolean).join(' · ') || null,
    meta:
      [
        ...(item.live ? [t('kind.LIVE'), channel?.filter(Boolean).join(' ')] : []),
        dated(title.third),
        title.year,
        item.live ? null : item.libraryName,
      ]
        .filter(Boolean)
        .join(' · ') || null,
  };
}
