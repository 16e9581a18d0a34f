import { fieldsOf, keptStore } from '../live/kept';

export const COLUMNS = [
  'date',
  'user',
  'title',
  'library',
  'player',
  'product',
  'platform',
  'address',
  'delivery',
  'started',
  'paused',
  'stopped',
  'played',
  'watched',
] as const;
export type Column = (typeof COLUMNS)[number];

const AT_FIRST: Column[] = ['date', 'user', 'title', 'player', 'platform', 'delivery', 'stopped', 'played', 'watched'];

export const DENSITIES = ['roomy', 'dense'] as const;

export type Preferences = { columns: readonly Column[]; density: (typeof DENSITIES)[number] };

function read(told: unknown): Preferences {
  const { columns, density } = fieldsOf(told);
  const known = Array.isArray(columns) ? COLUMNS.filter((column) => columns.includes(column)) : AT_FIRST;
  return { columns: known.length > 0 ? known : AT_FIRST, density: DENSITIES.find((one) => one === density) ?? 'roomy' };
}

export const preferences = keptStore<Preferences>('tautulli-history', read);

export function toggleColumn(column: Column): void {
  preferences.set((now) => {
    const columns = COLUMNS.filter((one) => (one === column) !== now.columns.includes(one));
    return columns.length > 0 ? { ...now, columns } : now;
  });
}

export function resetColumns(): void {
  preferences.set((now) => ({ ...now, columns: AT_FIRST }));
}
