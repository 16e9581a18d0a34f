import { createStore } from '../live/store';
import { ORDERS, SHOWN, type Order, type Shown } from '../streams/order';

export const VIEWS = ['cards', 'list'] as const;
export type View = (typeof VIEWS)[number];
export type Preferences = { view: View; order: Order; shown: Shown };

const KEY = 'tautulli-activity';
const DEFAULTS: Preferences = { view: 'cards', order: 'newest', shown: 'all' };

function oneOf<T extends string>(all: readonly T[], value: unknown, otherwise: T): T {
  return all.find((known) => known === value) ?? otherwise;
}

/** What was kept, as far as it is still understood. */
export function read(kept: string | null): Preferences {
  let told: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(kept ?? '');
    if (typeof parsed === 'object' && parsed !== null) told = parsed as Record<string, unknown>;
  } catch {
    // Kept by another version, or by nobody.
  }
  return {
    view: oneOf(VIEWS, told['view'], DEFAULTS.view),
    order: oneOf(ORDERS, told['order'], DEFAULTS.order),
    shown: oneOf(SHOWN, told['shown'], DEFAULTS.shown),
  };
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export const preferences = createStore<Preferences>(typeof localStorage === 'undefined' ? DEFAULTS : read(stored()));

export function prefer(change: Partial<Preferences>): void {
  preferences.set((now) => ({ ...now, ...change }));
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.get()));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
