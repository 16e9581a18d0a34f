import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { access } from '../account/access';
import { useServers } from '../account/use-account';
import { useStore } from '../live/store';
import classes from './header.module.css';
import { Mark } from './mark';
import { ServerChip } from './server-chip';

const apple = /mac|iphone|ipad/i.test(navigator.userAgent);

/** The line above every page: the servers with their state, and the way to everything. */
export function Header({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  const servers = useServers();
  const demo = useStore(access, (now) => now.phase === 'in' && !!now.service.demo);
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.brand} aria-label={t('app.name')}>
        <Mark size={30} />
      </Link>
      <div className={classes.servers}>
        {servers.map((server) => (
          <ServerChip key={server.id} server={server} />
        ))}
        {demo && <span className={classes.demo}>{t('demo.badge')}</span>}
      </div>
      <UnstyledButton className={classes.find} onClick={onFind}>
        <IconSearch size={17} stroke={1.8} aria-hidden />
        <span>{t('palette.open')}</span>
        <kbd>{apple ? '⌘ K' : 'Ctrl K'}</kbd>
      </UnstyledButton>
    </header>
  );
}
