import type { HistoryOrder } from '../live/schema';
import type { Column } from './preferences';

/** What the service can order by; the rest cannot be. */
export const ORDER_OF: Partial<Record<Column, HistoryOrder>> = {
  date: 'DATE',
  user: 'USER',
  title: 'TITLE',
  player: 'PLAYER',
  product: 'PRODUCT',
  platform: 'PLATFORM',
  address: 'ADDRESS',
  started: 'STARTED',
  paused: 'PAUSED',
  stopped: 'STOPPED',
  played: 'DURATION',
  watched: 'WATCHED',
};

const ORDERS = new Map(Object.values(ORDER_OF).map((order) => [order.toLowerCase(), order]));

/** The order that an address names. */
export function orderNamed(name: string | undefined): HistoryOrder {
  return ORDERS.get(name ?? '') ?? 'DATE';
}

const WIDTH: Record<Column, string> = {
  date: '174px',
  user: 'minmax(132px, 1fr)',
  title: 'minmax(210px, 3fr)',
  library: 'minmax(90px, 1fr)',
  player: 'minmax(124px, 1.2fr)',
  product: 'minmax(110px, 1.2fr)',
  platform: 'minmax(84px, 0.8fr)',
  address: 'minmax(110px, 1fr)',
  delivery: '122px',
  started: '138px',
  paused: '84px',
  stopped: 'minmax(78px, 0.7fr)',
  played: '88px',
  watched: '84px',
};

/** The widths of the columns, for a grid. */
export function templateOf(columns: readonly Column[], withMark: boolean): string {
  return [...(withMark ? ['34px'] : []), ...columns.map((column) => WIDTH[column])].join(' ');
}
