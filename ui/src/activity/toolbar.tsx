import { Button, Menu } from '@mantine/core';
import { IconDeviceTv, IconLayoutGrid, IconLayoutList, IconSortDescending } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { MenuChoice } from '../shell/menu-choice';
import { ORDERS } from '../streams/order';
import { fillScreen } from '../wall/screen';
import { prefer, VIEWS, type Preferences } from './preferences';
import classes from './toolbar.module.css';

const ICONS = { cards: IconLayoutGrid, list: IconLayoutList };

/** In which order and how closely the streams are shown. */
export function Toolbar({ order, view }: Preferences) {
  const { t } = useTranslation();
  return (
    <div className={classes.toolbar}>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <Button
            variant="subtle"
            size="sm"
            radius="xl"
            leftSection={<IconSortDescending size={18} stroke={1.7} aria-hidden />}
            aria-label={`${t('activity.sort')}: ${t(`activity.order.${order}`)}`}
          >
            {t(`activity.order.${order}`)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {ORDERS.map((name) => (
            <MenuChoice key={name} chosen={name === order} onChoose={() => prefer({ order: name })}>
              {t(`activity.order.${name}`)}
            </MenuChoice>
          ))}
        </Menu.Dropdown>
      </Menu>
      <div className={classes.views} role="group" aria-label={t('activity.view')}>
        {VIEWS.map((name) => {
          const Icon = ICONS[name];
          return (
            <button
              key={name}
              type="button"
              aria-pressed={name === view}
              aria-label={t(`activity.${name}`)}
              title={t(`activity.${name}`)}
              onClick={() => prefer({ view: name })}
            >
              <Icon size={18} stroke={1.7} aria-hidden />
            </button>
          );
        })}
      </div>
      <Link to="/wall" className={classes.wall} aria-label={t('wall.title')} title={t('wall.title')} onClick={fillScreen}>
        <IconDeviceTv size={18} stroke={1.7} aria-hidden />
      </Link>
    </div>
  );
}
