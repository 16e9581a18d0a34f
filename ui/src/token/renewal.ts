import { createStore } from '../live/store';
import { journey } from '../plex/journey';

export type Renewing = {
  id: string;
  name: string;
  /** The browser has come back from Plex. */
  isBack: boolean;
};

/** The server that is to get a new token. Kept outside of what asks for it, since a notice goes with the state that it tells of. */
export const renewal = createStore<Renewing | null>(null);

/** What a way to Plex remembers of a server. */
export const wordOf = ({ id, name }: { id: string; name: string }): string => new URLSearchParams({ id, name }).toString();

/** The server for which somebody has set out. */
export function readWord(word: string | null): { id: string; name: string } | null {
  const told = new URLSearchParams(word ?? '');
  const [id, name] = [told.get('id'), told.get('name')];
  return id && name ? { id, name } : null;
}

/** Goes on where somebody left for Plex. */
export function resume(): void {
  const server = readWord(journey('token')?.to ?? null);
  if (server) renewal.set({ ...server, isBack: true });
}
