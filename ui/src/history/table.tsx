import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryOrder } from '../live/schema';
import { useFormat } from '../strings/format';
import type { Say } from './cells';
import { ORDER_OF, templateOf } from './columns';
import { placeOf, places, spotAt, type Opened } from './layout';
import type { Preferences } from './preferences';
import { Line, type Actions } from './line';
import type { Row, Rows } from './rows';
import classes from './table.module.css';

type Props = {
  rows: Rows;
  total: number;
  look: Preferences;
  narrow: boolean;
  orderBy: HistoryOrder;
  descending: boolean;
  onOrder: (order: HistoryOrder, descending: boolean) => void;
  opened: ReadonlyMap<number, { index: number; plays: readonly Row[] | null }>;
  onToggleOpen: (row: Row, index: number) => void;
  /** Marked lines by group; null while nothing is marked. */
  marked: ReadonlyMap<number, Row> | null;
  onMark: (row: Row) => void;
  onLook: (row: Row) => void;
};

/** Browsers give up on pages that are much longer than this, in pixels. */
const LONGEST = 15_000_000;

export function heightOf(look: Preferences, narrow: boolean): number {
  if (narrow) return 96;
  return look.density === 'dense' ? 36 : 58;
}

/** The list: only the lines in view are there, at any length; everything can be done by keys. */
export function Table(props: Props) {
  const { rows, total, look, narrow, opened, marked, onToggleOpen, onMark, onLook } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const say = useMemo((): Say => ({ t, format }), [t, format]);
  const navigate = useNavigate();
  const grid = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const [active, setActive] = useState(0);
  const height = heightOf(look, narrow);
  const spans = useMemo(
    () => [...opened.values()].map(({ index, plays }): Opened => ({ index, count: plays?.length ?? 1 })).sort((a, b) => a.index - b.index),
    [opened],
  );
  const count = Math.min(places(total, spans), Math.floor(LONGEST / height));

  useLayoutEffect(() => {
    const measure = () => setMargin((grid.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);

  const virtual = useWindowVirtualizer({ count, estimateSize: () => height, overscan: 8, scrollMargin: margin, scrollPaddingStart: 120, scrollPaddingEnd: 90 });
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const [from, to] = [first ? spotAt(first.index, spans).index : 0, last ? spotAt(last.index, spans).index + 1 : 1];
  useEffect(() => rows.need(from, to + 20), [rows, from, to]);

  const focus = (place: number) => {
    const next = Math.max(0, Math.min(count - 1, place));
    setActive(next);
    virtual.scrollToIndex(next);
    // It may have to be scrolled into being first.
    const look = (tries: number) => {
      const node = grid.current?.querySelector<HTMLElement>(`[data-place="${next}"]`);
      if (node) node.focus({ preventScroll: true });
      else if (tries > 0) requestAnimationFrame(() => look(tries - 1));
    };
    requestAnimationFrame(() => look(10));
  };

  const spot = spotAt(active, spans);
  const rowAt = (index: number, child: number | null): Row | undefined => {
    const row = rows.at(index);
    return child === null || !row ? row : opened.get(row.groupRowId)?.plays?.[child];
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-place]')) return;
    const page = Math.max(1, Math.floor((window.innerHeight - 160) / height));
    const move: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: count - 1 };
    const target = move[event.key];
    const row = rowAt(spot.index, spot.child);
    const isOpen = !!row && opened.has(row.groupRowId) && spot.child === null;
    const rtl = document.documentElement.dir === 'rtl';
    const [open, close] = rtl ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
    if (target !== undefined) focus(target);
    else if (event.key === 'Enter' && row) onLook(row);
    else if (event.key === ' ' && row && marked) onMark(row);
    else if (event.key === open && row && row.playCount > 1 && spot.child === null && !isOpen) onToggleOpen(row, spot.index);
    else if (event.key === close && row && isOpen) onToggleOpen(row, spot.index);
    else if (event.key === close && spot.child !== null) focus(placeOf(spot.index, spans));
    else return;
    event.preventDefault();
  };

  const onUser = (id: string) => void navigate({ to: '/users/$id', params: { id } });
  const latest = useRef({ onKeyDown, onToggleOpen, onMark, onLook, onUser });
  useLayoutEffect(() => {
    latest.current = { onKeyDown, onToggleOpen, onMark, onLook, onUser };
  });
  const [actions] = useState(
    (): Actions => ({
      keyDown: (event) => latest.current.onKeyDown(event),
      focus: setActive,
      toggle: (row, index) => latest.current.onToggleOpen(row, index),
      mark: (row) => latest.current.onMark(row),
      look: (row) => latest.current.onLook(row),
      user: (id) => latest.current.onUser(id),
    }),
  );

  const template = templateOf(look.columns, !!marked);
  return (
    <div
      ref={grid}
      role="treegrid"
      aria-label={t('history.list')}
      aria-rowcount={count + 1}
      aria-multiselectable={marked ? true : undefined}
      className={classes.grid}
      data-density={look.density}
      data-narrow={narrow || undefined}
      style={{ '--template': template }}
    >
      <Head {...props} />
      <div role="rowgroup" className={classes.body} style={{ blockSize: virtual.getTotalSize() }}>
        {items.map((item) => {
          const { index, child } = spotAt(item.index, spans);
          const row = rowAt(index, child);
          const group = rows.at(index);
          const isOpen = child === null && !!row && opened.has(row.groupRowId);
          return (
            <Line
              key={item.key}
              place={item.index}
              offset={item.start - margin}
              height={height}
              row={row}
              child={child !== null}
              open={isOpen}
              tabbable={item.index === Math.min(active, count - 1)}
              look={look}
              narrow={narrow}
              marked={marked ? !!row && marked.has(row.groupRowId) : null}
              group={group}
              index={index}
              actions={actions}
              say={say}
            />
          );
        })}
      </div>
    </div>
  );
}

function Head({ look, narrow, orderBy, descending, onOrder, marked }: Props) {
  const { t } = useTranslation();
  return (
    <div role="rowgroup" className={narrow ? 'unseen' : classes.head}>
      <div role="row" aria-rowindex={1}>
        {marked && <span role="columnheader" aria-label={t('history.mark')} />}
        {look.columns.map((column) => {
          const order = ORDER_OF[column];
          const here = order === orderBy;
          const Arrow = descending ? IconArrowDown : IconArrowUp;
          return (
            <div key={column} role="columnheader" data-column={column} aria-sort={here ? (descending ? 'descending' : 'ascending') : undefined}>
              {order ? (
                <button type="button" tabIndex={narrow ? -1 : undefined} onClick={() => onOrder(order, here ? !descending : true)}>
                  {t(`history.column.${column}`)}
                  {here && <Arrow size={14} stroke={2} aria-hidden />}
                </button>
              ) : (
                t(`history.column.${column}`)
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
