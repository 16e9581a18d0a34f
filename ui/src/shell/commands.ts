import { IconActivity, IconBooks, IconDeviceTv, IconLanguage, IconLayoutGrid, IconLayoutList, IconLogout, IconMovie, IconPlayerPlay, IconSearch, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { now } from '../activity/now';
import { prefer } from '../activity/preferences';
import { useIsAdmin } from '../account/use-account';
import { useColorScheme } from '../design/color-scheme';
import { useStore } from '../live/store';
import { arrange, nameOf } from '../streams/order';
import type { Poster } from '../streams/poster';
import { titleLines } from '../streams/title-lines';
import { fillScreen } from '../wall/screen';
import { useFormat } from '../strings/format';
import { LANGUAGES, type Language } from '../strings/i18n';
import { THEMES } from './account-menu';
import { useAnswer } from '../live/answer';
import { FindDocument } from './find.generated';
import { itemOf } from '../items/subject';
import { changeLanguage } from './language';
import { placesFor } from './places';
import { ENOUGH, useSettled } from './settled';
import { titlesOf } from './titles';
import { useSignOut } from './sign-out';

export type Command = {
  id: string;
  group: string;
  name: string;
  more?: string | null;
  icon: typeof IconActivity;
  /** The item that stands for itself by its picture rather than by an icon. */
  picture?: ComponentProps<typeof Poster>['item'];
  /** What tells that two of them lead to the same item. */
  same?: readonly string[];
  run: () => void;
};

/** A show or an artist is known by its key, which another server may use for something else. */
export const sameKey = (key: string, title: string | null | undefined) => `${key} ${title ?? ''}`;

/** Who and what is known by name: users, libraries, and titles of the history. */
function useKnown(text: string): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const settled = useSettled(text.trim());
  const titles = settled.length >= ENOUGH;
  const { data } = useAnswer(FindDocument, useMemo(() => ({ text: titles ? settled : '', titles }), [settled, titles]));
  return useMemo(() => {
    const users = (data?.users ?? []).filter(({ deleted }) => !deleted).map(({ id, friendlyName, username }): Command => {
      const name = friendlyName || username;
      return { id: `user-${id}`, group: t('nav.users'), name, more: name === username ? null : username, icon: IconUser, run: () => void navigate({ to: '/users/$id', params: { id } }) };
    });
    const libraries = (data?.libraries ?? []).filter(({ deleted }) => !deleted).map(({ id, name }): Command => {
      return { id: `library-${id}`, group: t('nav.libraries'), name, icon: IconBooks, run: () => void navigate({ to: '/libraries/$id', params: { id } }) };
    });
    const found = titlesOf(data?.history?.nodes ?? [], settled).map(({ name, more, filter }, n): Command => {
      const same = [...(filter.item ?? []), ...(filter.show ?? []).map((key) => sameKey(key, name))];
      return { id: `title-${n}`, same, group: t('palette.titles'), name, more, icon: IconMovie, run: () => void navigate({ to: '/item', search: itemOf(filter) ?? {} }) };
    });
    return [...users, ...libraries, ...found];
  }, [data, settled, t, navigate]);
}

/** What the palette offers; `text` is what has been written so far. */
export function useCommands(text: string): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const format = useFormat();
  const { setColorScheme } = useColorScheme();
  const sessions = useStore(now, (live) => live.sessions);
  const signOut = useSignOut();
  const isAdmin = useIsAdmin();
  const known = useKnown(text);
  const wanted = text.trim();
  return useMemo(() => {
    const streams = arrange(sessions.values(), 'newest', 'all').map((session): Command => {
      const { first, second } = titleLines(session.item, t, format);
      return {
        id: `stream-${session.id}`,
        group: t('palette.streams'),
        name: second ? `${first}, ${second}` : first,
        more: nameOf(session) || t('card.unknownUser'),
        icon: IconPlayerPlay,
        run: () => void navigate({ to: '/activity', search: session.masked ? {} : { session: session.id } }),
      };
    });
    const themes = THEMES.map(({ value, icon }): Command => {
      return { id: `theme-${value}`, group: t('palette.theme'), name: t(`theme.${value}`), icon, run: () => setColorScheme(value) };
    });
    const languages = (Object.keys(LANGUAGES) as Language[]).map((language): Command => {
      return {
        id: `language-${language}`,
        group: t('palette.language'),
        name: LANGUAGES[language],
        icon: IconLanguage,
        run: () => changeLanguage(language, t),
      };
    });
    const view = t('palette.view');
    const show = (kind: 'cards' | 'list') => () => {
      prefer({ view: kind });
      void navigate({ to: '/activity' });
    };
    const toWall = () => {
      fillScreen();
      void navigate({ to: '/wall' });
    };
    return [
      ...placesFor(isAdmin).map(({ to, name, icon }): Command => ({ id: `page-${name}`, group: t('palette.pages'), name: t(name), icon, run: () => void navigate({ to }) })),
      ...streams,
      ...known,
      ...(wanted.length >= ENOUGH
        ? [
            { id: 'everything', group: t('palette.server'), name: t('palette.everything', { text: wanted }), icon: IconSearch, run: () => void navigate({ to: '/search', search: { q: wanted } }) },
            { id: 'search', group: t('nav.history'), name: t('palette.search', { text: wanted }), icon: IconSearch, run: () => void navigate({ to: '/history', search: { q: wanted } }) },
          ]
        : []),
      { id: 'cards', group: view, name: t('activity.cards'), icon: IconLayoutGrid, run: show('cards') },
      { id: 'list', group: view, name: t('activity.list'), icon: IconLayoutList, run: show('list') },
      { id: 'wall', group: view, name: t('wall.title'), icon: IconDeviceTv, run: toWall },
      ...themes,
      ...languages,
      { id: 'out', group: t('palette.account'), name: t('account.signOut'), icon: IconLogout, run: signOut },
    ];
  }, [t, format, navigate, setColorScheme, sessions, signOut, isAdmin, known, wanted]);
}
