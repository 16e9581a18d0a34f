import { ActionIcon, Menu } from '@mantine/core';
import { IconBookmark, IconBookmarkPlus, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keptStore } from '../live/kept';
import { useStore } from '../live/store';
import { parseParams, stringifyParams } from '../shell/search-params';
import { readFilter, weigh, type Filter } from './filter';
import classes from './views.module.css';

type View = { name: string; search: string };

function read(told: unknown): readonly View[] {
  if (!Array.isArray(told)) return [];
  return told.filter((one): one is View => typeof one?.name === 'string' && typeof one?.search === 'string').slice(0, 50);
}

export const views = keptStore<readonly View[]>('tautulli-views', read);

/** Filters that were given a name. */
export function Views({ filter }: { filter: Filter }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const all = useStore(views, (value) => value);
  const [name, setName] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    if (!wanted) return;
    views.set((now) => [...now.filter((view) => view.name !== wanted), { name: wanted, search: stringifyParams(filter) }]);
    setName('');
  };
  return (
    <Menu position="bottom-end" width={270} closeOnItemClick>
      <Menu.Target>
        <ActionIcon size={38} aria-label={t('views.heading')} title={t('views.heading')}>
          <IconBookmark size={20} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('views.heading')}</Menu.Label>
        {all.map((view) => (
          <div key={view.name} className={classes.view} role="none">
            <Menu.Item onClick={() => void navigate({ to: '/history', search: readFilter(parseParams(view.search)) })}>{view.name}</Menu.Item>
            <Menu.Item
              className={classes.remove}
              aria-label={t('views.remove', { name: view.name })}
              closeMenuOnClick={false}
              onClick={() => views.set((now) => now.filter((other) => other.name !== view.name))}
            >
              <IconTrash size={16} stroke={1.7} aria-hidden />
            </Menu.Item>
          </div>
        ))}
        {all.length === 0 && <p className={classes.none}>{t('views.none')}</p>}
        {weigh(filter) > 0 && (
          <form onSubmit={save} className={classes.form} role="none">
            <input
              value={name}
              maxLength={60}
              placeholder={t('views.name')}
              aria-label={t('views.name')}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
            />
            <button type="submit" disabled={!name.trim()} aria-label={t('views.save')} title={t('views.save')}>
              <IconBookmarkPlus size={18} stroke={1.7} aria-hidden />
            </button>
          </form>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
