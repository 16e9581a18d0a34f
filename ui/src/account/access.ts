import { client, codeOf } from '../live/client';
import { createStore } from '../live/store';
import { BootDocument, HomeDocument, SignOutDocument, type DoorFragment, type LiveServerFragment, type WhoeverFragment } from './access.generated';
import { start } from './start';

export type Viewer = WhoeverFragment;
export type Server = LiveServerFragment;

/** What we know of ourselves. */
export type Access =
  | { phase: 'unknown' }
  | { phase: 'unreachable' }
  | { phase: 'setup' | 'stranger' | 'refused'; service: Service }
  | { phase: 'in'; service: Service; viewer: Viewer; servers: readonly Server[] };

/** `plexSignIn`: people may come in by Plex. `demo` is how anyone may sign in where Plex is simulated. */
export type Service = Pick<DoorFragment, 'version' | 'plexSignIn' | 'demo'>;

export const access = createStore<Access>({ phase: 'unknown' });

const fresh = { requestPolicy: 'network-only' } as const;
let learning: Promise<Access> | undefined;
let first: typeof start | undefined = start;

/** What the answer to the first question says of us, if it says it all. */
async function asked(): Promise<Access | undefined> {
  const told = await first;
  first = undefined;
  const { service, viewer, servers } = told?.data ?? {};
  if (service?.needsSetup) return { phase: 'setup', service };
  if (service && !service.signedIn) return { phase: 'stranger', service };
  return service && viewer && servers ? { phase: 'in', service, viewer, servers } : undefined;
}

async function ask(): Promise<Access> {
  const early = await asked();
  if (early) return early;
  const boot = await client.query(BootDocument, {}, fresh).toPromise();
  if (!boot.data) return { phase: 'unreachable' };
  const service = boot.data.service;
  if (service.needsSetup) return { phase: 'setup', service };
  if (!service.signedIn) return { phase: 'stranger', service };
  const home = await client.query(HomeDocument, {}, fresh).toPromise();
  if (home.data) return { phase: 'in', service, ...home.data };
  const code = codeOf(home.error);
  if (code === 'UNAUTHENTICATED') return { phase: 'stranger', service };
  return code === 'FORBIDDEN' ? { phase: 'refused', service } : { phase: 'unreachable' };
}

/** Asks the service who we are; callers at the same time share the answer. */
export function learn(): Promise<Access> {
  learning ??= ask().then((known) => {
    // A hiccup while we are in is the live line's to tell, not a reason to throw the page away.
    const kept = known.phase === 'unreachable' && access.get().phase === 'in';
    if (!kept) access.set(known);
    learning = undefined;
    return access.get();
  });
  return learning;
}

/** What may be otherwise by the time somebody asks again. */
const UNSETTLED = new Set<Access['phase']>(['unknown', 'unreachable', 'refused']);

export async function known(): Promise<Access> {
  const now = access.get();
  return UNSETTLED.has(now.phase) ? learn() : now;
}

export function changeServer(server: Server): void {
  access.set((now) => {
    if (now.phase !== 'in') return now;
    const others = now.servers.some(({ id }) => id === server.id);
    const servers = others
      ? now.servers.map((old) => (old.id === server.id ? server : old))
      : [...now.servers, server];
    return { ...now, servers };
  });
}

/** What is known is not true any more: after signing out, or when the service forgot us. */
export function forget(): void {
  access.set({ phase: 'unknown' });
}

export async function signOut(): Promise<void> {
  await client.mutation(SignOutDocument, {}).toPromise();
  forget();
}
