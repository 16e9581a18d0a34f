import type { TFunction } from 'i18next';
import { dayOf } from '../account/calendar';
import type { Filter } from '../history/filter';
import type { Span } from '../history/span';
import type { Format } from '../strings/format';
import { titleLines } from '../streams/title-lines';
import { wayOf } from '../streams/totals';
import { itemOf } from '../items/subject';
import type { Arrangement, CardName } from './arrangement';
import type { Line } from './card';
import type { CountsFragment, HomeCardsQuery, TitleRowFragment } from './home.generated';

type Cards = HomeCardsQuery['statistics'];
type Tools = { t: TFunction; format: Format; span: Span; measure: Arrangement['measure'] };

/** What a card says, line by line; undefined where it was not asked for. */
export function linesOf(name: CardName, cards: Cards, tools: Tools): Line[] | undefined {
  const { t, format, span, measure } = tools;
  const amount = (row: CountsFragment) => (measure === 'PLAYS' ? row.plays : row.played);
  const say = (row: CountsFragment) => (measure === 'PLAYS' ? format.number(row.plays) : format.total(row.played));
  const counted = <Row extends CountsFragment>(rows: readonly Row[] | undefined, make: (row: Row, n: number) => Omit<Line, 'value' | 'share'>) => {
    const most = Math.max(1, ...(rows ?? []).map(amount));
    return rows?.map((row, n): Line => ({ ...make(row, n), value: say(row), share: amount(row) / most }));
  };
  const titles = (rows: readonly TitleRowFragment[] | undefined, popular: boolean) => {
    const users = (row: TitleRowFragment) => row.userCount ?? 0;
    const most = Math.max(1, ...(rows ?? []).map((row) => (popular ? users(row) : amount(row))));
    return rows?.map((row, n): Line => {
      const title = row.title ?? row.artist ?? '';
      return {
        key: `${n}-${title}`,
        name: title || t('history.unknown'),
        more: popular ? t('home.plays', { count: row.plays, number: format.number(row.plays) }) : row.year ? String(row.year) : t('home.users', { count: users(row) }),
        value: popular ? t('home.users', { count: users(row) }) : say(row),
        share: (popular ? users(row) : amount(row)) / most,
        poster: row.lastPlay?.item,
        item: itemOf(titleFilter(row)),
        rows: { ...span, ...titleFilter(row) },
      };
    });
  };
  switch (name) {
    case 'topMovies':
    case 'topShows':
    case 'topArtists':
      return titles(cards[name], false);
    case 'popularMovies':
    case 'popularShows':
    case 'popularArtists':
      return titles(cards[name], true);
    case 'users':
      return counted(cards.users, ({ user, lastPlayedAt }, n) => ({
        key: user?.id ?? String(n),
        name: user?.friendlyName ?? t('card.unknownUser'),
        more: t('home.last', { when: format.moment(lastPlayedAt) }),
        face: { name: user?.friendlyName ?? '', source: user?.avatarUrl },
        page: user ? { to: '/users/$id', id: user.id } : undefined,
        rows: user ? { ...span, user: [user.id] } : undefined,
      }));
    case 'libraries':
      return counted(cards.libraries, ({ library, lastPlayedAt }, n) => ({
        key: library?.id ?? String(n),
        name: library?.name ?? t('home.noLibrary'),
        more: t('home.last', { when: format.moment(lastPlayedAt) }),
        page: library ? { to: '/libraries/$id', id: library.id } : undefined,
        rows: library ? { ...span, library: [library.id] } : undefined,
      }));
    case 'platforms':
      return counted(cards.platforms, ({ platform, lastPlayedAt }, n) => ({
        key: platform || String(n),
        name: platform || t('home.noPlatform'),
        more: t('home.last', { when: format.moment(lastPlayedAt) }),
        rows: platform ? { ...span, platform: [platform] } : undefined,
      }));
    case 'recentlyWatched':
      return cards.recentlyWatched?.map(({ id, item, user, player, startedAt }) => {
        const { first, second } = titleLines(item, t, format);
        return {
          key: id,
          name: first,
          more: [user?.friendlyName ?? t('card.unknownUser'), second ?? player.title ?? player.platform].filter(Boolean).join(' · '),
          // They come in the order in which they began, as in the history.
          value: format.brief(startedAt),
          poster: { ...item, guid: null, grandparentRatingKey: null },
          rows: { play: id } as Filter,
        };
      });
    case 'mostConcurrent':
      return cards.mostConcurrent?.map(({ count, decision, startedAt, stoppedAt }) => ({
        key: decision ?? 'all',
        name: decision ? t(`way.${wayOf(decision)}`) : t('home.allStreams'),
        more: t('home.during', { from: format.moment(startedAt), to: format.clock(stoppedAt) }),
        value: format.number(count),
        share: count / Math.max(1, cards.mostConcurrent?.[0]?.count ?? 1),
        rows: { from: dayOf(new Date(startedAt)), to: dayOf(new Date(stoppedAt)), way: decision ? [wayOf(decision)] : undefined },
      }));
  }
}

/** The plays of a title: a movie by its guid, a show or artist by its key. */
function titleFilter({ lastPlay, title }: TitleRowFragment): Filter {
  const item = lastPlay?.item;
  if (item?.kind === 'MOVIE' && item.guid) return { item: [item.guid] };
  if (item?.grandparentRatingKey) return { show: [item.grandparentRatingKey] };
  return { q: title ?? '' };
}
