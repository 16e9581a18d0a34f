import { Menu, UnstyledButton, type MantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { access } from '../account/access';
import { useViewer } from '../account/use-account';
import { useColorScheme } from '../design/color-scheme';
import { useStore } from '../live/store';
import { LANGUAGES, type Language } from '../strings/i18n';
import classes from './account-menu.module.css';
import { changeLanguage } from './language';
import { MenuChoice } from './menu-choice';
import { useMenuSide } from './menu-side';
import { useSignOut } from './sign-out';

export const THEMES: { value: MantineColorScheme; icon: typeof IconSun }[] = [
  { value: 'auto', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
];

/** Who is signed in, how it looks, which language, and the way out. */
export function AccountMenu({ className, iconClassName }: { className: string; iconClassName: string }) {
  const { t, i18n } = useTranslation();
  const viewer = useViewer();
  const version = useStore(access, (now) => (now.phase === 'in' ? now.service.version : ''));
  const { colorScheme, setColorScheme } = useColorScheme();
  const signOut = useSignOut();
  const side = useMenuSide();
  return (
    <Menu position={side} width={230}>
      <Menu.Target>
        <UnstyledButton className={className} aria-label={t('account.menu', { name: viewer.name })}>
          <span className={iconClassName}>
            <IconUserCircle size={23} stroke={1.6} aria-hidden />
          </span>
          <span className={classes.name}>{t('nav.you')}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{viewer.name}</strong>
          <span>{t(viewer.role === 'ADMIN' ? 'account.admin' : 'account.guest')}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t('theme.label')}</Menu.Label>
        {THEMES.map(({ value, icon: Icon }) => (
          <MenuChoice
            key={value}
            chosen={colorScheme === value}
            icon={<Icon size={17} stroke={1.7} aria-hidden />}
            stays
            onChoose={() => setColorScheme(value)}
          >
            {t(`theme.${value}`)}
          </MenuChoice>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('language.label')}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <MenuChoice
            key={language}
            lang={language}
            chosen={i18n.language === language}
            onChoose={() => changeLanguage(language, t)}
          >
            {LANGUAGES[language]}
          </MenuChoice>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={17} stroke={1.7} aria-hidden />} onClick={signOut}>
          {t('account.signOut')}
        </Menu.Item>
        <div className={classes.version}>{t('account.version', { version })}</div>
      </Menu.Dropdown>
    </Menu>
  );
}
