import { IconArrowDown, IconArrowUp, IconEye, IconEyeOff, IconGripVertical } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent, type PointerEvent as ReactPointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { dropped, held, moved, shownOf, toggledIn, type Order } from './arrangement';
import classes from './cards.module.css';

/** So near to an edge of the window the page scrolls under what is dragged. */
const EDGE = 80;
const PACE = 12;

type Change<Name extends string> = (change: (now: Order<Name>) => Order<Name>) => void;
type Props<Name extends string> = {
  /** Tells lists apart: what is dragged out of one never falls into another. */
  list: string;
  name: Name;
  title: string;
  value: Order<Name>;
  onChange: Change<Name>;
  onSay: (text: string) => void;
  /** Whether what is put away keeps its place among the others, to be taken out there. */
  keeps?: boolean;
};

/** Marks what can be dragged; the tools find it by this. */
export const sortable = (list: string, name: string) => ({ 'data-list': list, 'data-sort': name });

const placeOf = (node: Element | null, list: string) => node?.closest<HTMLElement>(`[data-list="${list}"]`) ?? null;

/** Follows the pointer until it is let go, and tells over what it is. `Escape` takes everything back. */
function drag<Name extends string>(event: ReactPointerEvent, list: string, name: Name, value: Order<Name>, onChange: Change<Name>): () => void {
  const before = value;
  let [x, y] = [event.clientX, event.clientY];
  // After a swap the pointer may still be over a neighbour that is larger: it must leave it before that counts again.
  let last: string | null = null;
  let frame = 0;
  const step = () => {
    if (y < EDGE) window.scrollBy(0, -PACE);
    if (y > window.innerHeight - EDGE) window.scrollBy(0, PACE);
    const over = placeOf(document.elementFromPoint(x, y), list)?.dataset['sort'] as Name | undefined;
    if (over === name) last = null;
    else if (over !== undefined && over !== last) {
      last = over;
      onChange((now) => dropped(now, name, over));
    }
    frame = requestAnimationFrame(step);
  };
  const move = (moved: PointerEvent) => {
    [x, y] = [moved.clientX, moved.clientY];
  };
  const key = (pressed: globalThis.KeyboardEvent) => {
    if (pressed.key !== 'Escape') return;
    onChange(() => before);
    end();
  };
  const cancel = () => {
    onChange(() => before);
    end();
  };
  const end = () => {
    cancelAnimationFrame(frame);
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', end);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', key);
    held.set(null);
  };
  // On the window, since the handle itself is taken out and put in again while the order changes.
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', end);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', key);
  held.set(name);
  frame = requestAnimationFrame(step);
  return end;
}

/** Moving by hand or by keys, and putting away. */
export function SortTools<Name extends string>({ list, name, title, value, onChange, onSay, keeps }: Props<Name>) {
  const { t } = useTranslation();
  const shown = shownOf(value);
  const hidden = value.hidden.includes(name);
  const at = shown.indexOf(name);
  const ending = useRef<(() => void) | null>(null);
  useEffect(() => () => ending.current?.(), []);
  /** The button loses the focus when its part of the page is put elsewhere. */
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (!wanted.current) return;
    const node = document.querySelector<HTMLElement>(`[data-list="${list}"][data-sort="${name}"] [data-tool="${wanted.current}"]`);
    wanted.current = null;
    node?.focus();
    node?.scrollIntoView({ block: 'nearest' });
  });
  const shift = (by: -1 | 1, tool: string) => {
    const next = moved(value, name, by);
    if (next === value) return;
    wanted.current = tool;
    onChange((now) => moved(now, name, by));
    onSay(t('home.placed', { name: title, at: shownOf(next).indexOf(name) + 1, of: shown.length }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = ({ ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 } as const)[event.key];
    if (!by) return;
    event.preventDefault();
    shift(by, 'grip');
  };
  const toggle = () => {
    onChange((now) => toggledIn(now, name));
    onSay(t(hidden ? 'home.isShown' : 'home.isHidden', { name: title }));
  };
  return (
    <div className={classes.arrange}>
      {!hidden && (
        <>
          <button
            type="button"
            data-tool="grip"
            className={classes.grip}
            aria-label={t('home.move', { name: title })}
            title={t('home.drag')}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.preventDefault();
              event.currentTarget.focus();
              ending.current = drag(event, list, name, value, onChange);
            }}
          >
            <IconGripVertical size={17} stroke={1.7} aria-hidden />
          </button>
          <button type="button" data-tool="up" aria-label={t('home.forward', { name: title })} aria-disabled={at === 0 || undefined} onClick={() => shift(-1, 'up')}>
            <IconArrowUp size={16} stroke={1.8} aria-hidden />
          </button>
          <button type="button" data-tool="down" aria-label={t('home.backward', { name: title })} aria-disabled={at === shown.length - 1 || undefined} onClick={() => shift(1, 'down')}>
            <IconArrowDown size={16} stroke={1.8} aria-hidden />
          </button>
        </>
      )}
      {(keeps || !hidden) && (
        <button type="button" aria-label={t(hidden ? 'home.show' : 'home.hide', { name: title })} onClick={toggle}>
          {hidden ? <IconEye size={16} stroke={1.8} aria-hidden /> : <IconEyeOff size={16} stroke={1.8} aria-hidden />}
        </button>
      )}
    </div>
  );
}
