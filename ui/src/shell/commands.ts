import { IconActivity, IconLanguage, IconLayoutGrid, IconLayoutList, IconLogout, IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { now } from '../activity/now';
import { prefer } from '../activity/preferences';
import { useColorScheme } from '../design/color-scheme';
import { useStore } from '../live/store';
import { arrange, nameOf } from '../streams/order';
import { titleOf } from '../streams/title';
import { LANGUAGES, setLanguage, type Language } from '../strings/i18n';
import { THEMES } from './account-menu';
import { useSignOut } from './sign-out';

export type Command = {
  id: string;
  group: string;
  name: string;
  more?: string | null;
  icon: typeof IconActivity;
  run: () => void;
};

/** What the palette offers. */
export function useCommands(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setColorScheme } = useColorScheme();
  const sessions = useStore(now, (live) => live.sessions);
  const signOut = useSignOut();
  return useMemo(() => {
    const streams = arrange(sessions.values(), 'newest', 'all').map((session): Command => {
      const { first, second } = titleOf(session.item);
      return {
        id: `stream-${session.id}`,
        group: t('palette.streams'),
        name: second ? `${first}, ${second}` : first,
        more: nameOf(session),
        icon: IconPlayerPlay,
        run: () => void navigate({ to: '/activity', search: { session: session.id } }),
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
        run: () => void setLanguage(language),
      };
    });
    const view = t('palette.view');
    const show = (kind: 'cards' | 'list') => () => {
      prefer({ view: kind });
      void navigate({ to: '/activity' });
    };
    return [
      { id: 'activity', group: t('palette.pages'), name: t('nav.activity'), icon: IconActivity, run: () => void navigate({ to: '/activity' }) },
      ...streams,
      { id: 'cards', group: view, name: t('activity.cards'), icon: IconLayoutGrid, run: show('cards') },
      { id: 'list', group: view, name: t('activity.list'), icon: IconLayoutList, run: show('list') },
      ...themes,
      ...languages,
      { id: 'out', group: t('palette.account'), name: t('account.signOut'), icon: IconLogout, run: signOut },
    ];
  }, [t, navigate, setColorScheme, sessions, signOut]);
}
