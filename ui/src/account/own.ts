import { keep, recall } from '../live/kept';
import { createStore, type Store } from '../live/store';
import { access } from './access';

/**
 * A store whose value this browser remembers for whoever is signed in: several people may share it. Somebody who kept
 * nothing yet begins with what was kept for everybody.
 */
export function ownStore<T>(key: string, read: (told: unknown) => T): Store<T> {
  const nameNow = () => {
    const now = access.get();
    return now.phase === 'in' ? now.viewer.name : null;
  };
  let owner = nameNow();
  const place = () => (owner === null ? key : `${key}:${owner}`);
  const look = () => read(recall(place()) ?? recall(key));
  const store = createStore<T>(look());
  access.listen(() => {
    const name = nameNow();
    // While nobody is known, as during a reconnection, what is shown stays.
    if (name === null || name === owner) return;
    owner = name;
    store.set(look());
  });
  store.listen(() => {
    if (owner !== null) keep(place(), store.get());
  });
  return store;
}
