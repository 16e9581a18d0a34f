import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Sort } from './sorted';

type Props<Key extends string> = { name: Key; text: string; sort: Sort<Key>; onSort: (sort: Sort<Key>) => void; number?: string | undefined; first?: 'up' | 'down' };

/** A column's name, by which the list can be ordered. */
export function HeadCell<Key extends string>({ name, text, sort, onSort, number, first = 'down' }: Props<Key>) {
  const here = sort.by === name;
  const Arrow = sort.down ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" className={number} aria-sort={here ? (sort.down ? 'descending' : 'ascending') : undefined}>
      <button type="button" onClick={() => onSort({ by: name, down: here ? !sort.down : first === 'down' })}>
        {text}
        {here && <Arrow size={14} stroke={2} aria-hidden />}
      </button>
    </th>
  );
}
