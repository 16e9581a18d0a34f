import { useSyncExternalStore } from 'react';

/** A value outside React that components can follow in part. */
export type Store<T> = {
  get: () => T;
  set: (next: T | ((now: T) => T)) => void;
  listen: (listener: () => void) => () => void;
};

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const now = next instanceof Function ? next(value) : next;
      if (Object.is(now, value)) return;
      value = now;
      for (const listener of listeners) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Renders again only when what `select` takes from the store is another value. */
export function useStore<T, S>(store: Store<T>, select: (value: T) => S): S {
  return useSyncExternalStore(store.listen, () => select(store.get()));
}
