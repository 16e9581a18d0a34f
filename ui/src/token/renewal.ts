import { createStore } from '../live/store';

/** The server that is to get a new token. Kept outside of what asks for it, since a notice goes with the state that it tells of. */
export const renewal = createStore<{ id: string; name: string } | null>(null);
