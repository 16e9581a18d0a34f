import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Sort } from './sorted';
import classes from './table.module.css';

type Props<Key extends string> = { columns: readonly { name: Key; text: string }[]; sort: Sort<Key>; onSort: (sort: Sort<Key>) => void };

/** The order of a table on screens that have no room for its head. */
export function SortChoice<Key extends string>({ columns, sort, onSort }: Props<Key>) {
  const { t } = useTranslation();
  const Arrow = sort.down ? IconArrowDown : IconArrowUp;
  return (
    <div className={classes.order}>
      <select aria-label={t('history.order')} value={sort.by} onChange={(event) => onSort({ by: event.currentTarget.value as Key, down: event.currentTarget.value !== 'name' && event.currentTarget.value !== 'title' })}>
        {columns.map(({ name, text }) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
      <ActionIcon size={34} variant="default" aria-label={t(sort.down ? 'profile.descending' : 'profile.ascending')} onClick={() => onSort({ ...sort, down: !sort.down })}>
        <Arrow size={17} stroke={1.8} />
      </ActionIcon>
    </div>
  );
}
