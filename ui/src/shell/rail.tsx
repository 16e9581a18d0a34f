import { Menu, UnstyledButton } from '@mantine/core';
import { IconDots, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { now } from '../activity/now';
import { useStore } from '../live/store';
import { AccountMenu } from './account-menu';
import { Mark } from './mark';
import { useMenuSide } from './menu-side';
import { placesFor, type Place } from './places';
import classes from './rail.module.css';

/** The ways through the house: a rail beside the page, a bar below it on a phone. Only what exists is listed. */
export function Rail({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  const places = placesFor(useIsAdmin());
  return (
    <nav className={classes.rail} aria-label={t('nav.label')}>
      <Link to="/" className={classes.brand} aria-label={t('app.name')}>
        <Mark size={36} />
      </Link>
      <ul className={classes.places}>
        {places.map((place) =>
          place.rank === 'third' ? null : (
            <li key={place.to} className={place.rank === 'second' ? classes.deskOnly : undefined}>
              <PlaceLink place={place} />
            </li>
          ),
        )}
        <li>
          <More places={places} onFind={onFind} />
        </li>
        <li className={classes.account}>
          <AccountMenu className={classes.place ?? ''} iconClassName={classes.icon ?? ''} />
        </li>
      </ul>
    </nav>
  );
}

function PlaceLink({ place: { to, name, icon: Icon } }: { place: Place }) {
  const { t } = useTranslation();
  const streams = useStore(now, (live) => live.sessions.size);
  return (
    <Link to={to} className={classes.place} activeOptions={{ exact: to === '/', includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
      <span className={classes.icon}>
        <Icon size={22} stroke={1.7} aria-hidden />
        {to === '/activity' && streams > 0 && (
          <span className={classes.count} aria-hidden>
            {streams}
          </span>
        )}
      </span>
      {t(name)}
    </Link>
  );
}

/** What is wanted less often; on a phone what had no room too. */
function More({ places, onFind }: { places: Place[]; onFind: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const side = useMenuSide();
  return (
    <Menu position={side} width={210}>
      <Menu.Target>
        <UnstyledButton className={classes.place}>
          <span className={classes.icon}>
            <IconDots size={22} stroke={1.7} aria-hidden />
          </span>
          {t('nav.more')}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map(({ to, name, icon: Icon, rank }) =>
          rank === 'first' ? null : (
            <Menu.Item
              key={to}
              className={rank === 'second' ? classes.phoneOnly : undefined}
              leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
              onClick={() => void navigate({ to })}
            >
              {t(name)}
            </Menu.Item>
          ),
        )}
        <Menu.Item className={classes.phoneOnly} leftSection={<IconSearch size={18} stroke={1.7} aria-hidden />} onClick={onFind}>
          {t('nav.find')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
