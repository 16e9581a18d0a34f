import { createStore, type Store } from './store';

/** A store whose value this browser remembers. `read` makes sense of what was kept, by another version perhaps. */
export function keptStore<T>(key: string, read: (told: unknown) => T): Store<T> {
  const store = createStore<T>(read(recall(key)));
  store.listen(() => keep(key, store.get()));
  return store;
}

export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** The fields of what was kept; none when it is no object. */
export function fieldsOf(told: unknown): Record<string, unknown> {
  return typeof told === 'object' && told !== null ? (told as Record<string, unknown>) : {};
}
