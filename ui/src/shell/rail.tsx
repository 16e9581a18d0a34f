import { UnstyledButton } from '@mantine/core';
import { IconActivity, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { now } from '../activity/now';
import { useStore } from '../live/store';
import { AccountMenu } from './account-menu';
import { Mark } from './mark';
import classes from './rail.module.css';

/** The ways through the house: a rail beside the page, a bar below it on a phone. Only what exists is listed. */
export function Rail({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  const streams = useStore(now, (live) => live.sessions.size);
  return (
    <nav className={classes.rail} aria-label={t('nav.label')}>
      <Link to="/activity" className={classes.brand} aria-label={t('app.name')}>
        <Mark size={36} />
      </Link>
      <ul className={classes.places}>
        <li>
          <Link to="/activity" className={classes.place} activeProps={{ 'aria-current': 'page' }}>
            <span className={classes.icon}>
              <IconActivity size={22} stroke={1.7} aria-hidden />
              {streams > 0 && (
                <span className={classes.count} aria-hidden>
                  {streams}
                </span>
              )}
            </span>
            {t('nav.activity')}
          </Link>
        </li>
        <li className={classes.phoneOnly}>
          <UnstyledButton className={classes.place} onClick={onFind}>
            <span className={classes.icon}>
              <IconSearch size={22} stroke={1.7} aria-hidden />
            </span>
            {t('nav.find')}
          </UnstyledButton>
        </li>
        <li className={classes.account}>
          <AccountMenu className={classes.place ?? ''} iconClassName={classes.icon ?? ''} />
        </li>
      </ul>
    </nav>
  );
}
