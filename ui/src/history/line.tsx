import { IconChevronRight } from '@tabler/icons-react';
import { memo, type KeyboardEvent, type MouseEvent } from 'react';
import { Cell, Folded, type Say } from './cells';
import type { Column, Preferences } from './preferences';
import type { Row } from './rows';
import classes from './table.module.css';

type LineProps = {
  place: number;
  offset: number;
  height: number;
  row: Row | undefined;
  child: boolean;
  open: boolean;
  tabbable: boolean;
  look: Preferences;
  narrow: boolean;
  marked: boolean | null;
  /** The line that it stands in or below, and where that is among the lines. */
  group: Row | undefined;
  index: number;
  actions: Actions;
  say: Say;
};

/** What lines do; the same object as long as the list is there, so that scrolling draws no line twice. */
export type Actions = {
  keyDown: (event: KeyboardEvent) => void;
  focus: (place: number) => void;
  toggle: (row: Row, index: number) => void;
  mark: (row: Row) => void;
  look: (row: Row) => void;
  user: (id: string) => void;
};

/** A line of the list, or a play below one: a row of cells, or a block on a narrow screen. */
export const Line = memo(function Line({ place, offset, height, row, child, open, tabbable, look, narrow, marked, group: parent, index, actions, say }: LineProps) {
  const { t } = say;
  const group = !!row && row.playCount > 1 && !child;
  const onClick = (event: MouseEvent) => {
    const user = event.target instanceof HTMLElement && event.target.closest<HTMLElement>('a[data-user]')?.dataset['user'];
    if (user) {
      // With a key held down the browser itself knows what to do.
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      actions.user(user);
      return;
    }
    if (!row || (event.target instanceof HTMLElement && event.target.closest('a, button, input'))) return;
    if (marked !== null) actions.mark(row);
    else actions.look(row);
  };
  const turner = group && (
    <button type="button" tabIndex={-1} className={classes.turner} data-open={open || undefined} onClick={() => parent && actions.toggle(parent, index)} aria-label={t(open ? 'history.close' : 'history.open', { count: row.playCount })}>
      <IconChevronRight size={15} stroke={2} aria-hidden />
      <span className="numbers" aria-hidden>
        {row.playCount}
      </span>
    </button>
  );
  const cell = (column: Column) => (
    <div key={column} role="gridcell" data-column={column}>
      {column === 'date' && turner}
      {row ? <Cell column={column} row={row} dense={look.density === 'dense'} say={say} /> : <span className={classes.bone} aria-hidden />}
    </div>
  );
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      aria-level={child ? 2 : 1}
      aria-expanded={group ? open : undefined}
      aria-selected={marked ?? undefined}
      aria-busy={row ? undefined : true}
      tabIndex={tabbable ? 0 : -1}
      data-place={place}
      data-child={child || undefined}
      className={classes.line}
      style={{ blockSize: height, transform: `translateY(${offset}px)` }}
      onKeyDown={actions.keyDown}
      onFocus={() => actions.focus(place)}
      onClick={onClick}
    >
      {marked !== null && (
        <div role="gridcell" className={classes.mark}>
          <input type="checkbox" tabIndex={-1} checked={marked} disabled={!row} onChange={() => row && actions.mark(row)} aria-label={t('history.mark')} />
        </div>
      )}
      {narrow ? (
        <div role="gridcell" className={classes.fold}>
          {row ? <Folded row={row} say={say} /> : <span className={classes.bone} aria-hidden />}
          {turner}
        </div>
      ) : (
        look.columns.map(cell)
      )}
    </div>
  );
});
