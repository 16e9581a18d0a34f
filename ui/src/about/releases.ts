import { ownStore } from '../account/own';
import { client } from '../live/client';
import { fieldsOf } from '../live/kept';
import { ReleasesDocument } from './release.generated';

/** What is known of newer versions of media servers, by server. */
export type Releases = {
  /** When it was asked last. */
  askedAt: number;
  /** The version that is out, and the one that the server ran then. */
  newer: Readonly<Record<string, { version: string; than: string }>>;
  /** The version that has been put away. */
  away: Readonly<Record<string, string>>;
};

/** Plex brings out a version every few weeks. */
const AGE = 6 * 3_600_000;

/** Makes sense of what was kept. */
export function readReleases(told: unknown): Releases {
  const { askedAt, newer, away } = fieldsOf(told);
  const known = Object.entries(fieldsOf(newer)).flatMap(([id, one]) => {
    const { version, than } = fieldsOf(one);
    return typeof version === 'string' && typeof than === 'string' ? [[id, { version, than }] as const] : [];
  });
  return {
    askedAt: typeof askedAt === 'number' ? askedAt : 0,
    newer: Object.fromEntries(known),
    away: Object.fromEntries(Object.entries(fieldsOf(away)).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
  };
}

/** Kept, so that a page that is opened shows at once what was known before and nothing moves later. */
export const releases = ownStore('tautulli-releases', readReleases);

type Server = { id: string; name: string; version?: string | null };

/** The servers for which a newer version is out that nobody has put away; a server that runs another one by now is not among them. */
export function newsOf({ newer, away }: Releases, servers: readonly Server[]): { id: string; name: string; version: string }[] {
  return servers.flatMap(({ id, name, version: runs }) => {
    const known = newer[id];
    return known && known.than === runs && away[id] !== known.version ? [{ id, name, version: known.version }] : [];
  });
}

export function putAway(id: string, version: string): void {
  releases.set((now) => ({ ...now, away: { ...now.away, [id]: version } }));
}

/** Asks when what is known has become old. Plex's own site is asked in the end, which may be slow or away: then all stays as it is. */
export async function refreshReleases(): Promise<void> {
  const { askedAt } = releases.get();
  const now = Date.now();
  if (askedAt <= now && now - askedAt < AGE) return;
  const { data } = await client.query(ReleasesDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  if (!data) return;
  const newer = data.servers.flatMap(({ id, version, release }) => (release?.newer && version ? [[id, { version: release.version, than: version }] as const] : []));
  releases.set((before) => ({ ...before, askedAt: now, newer: Object.fromEntries(newer) }));
}
