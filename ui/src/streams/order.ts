import type { LiveSession } from './live';
import { wayOf, type Way } from './totals';

export const ORDERS = ['newest', 'user', 'bandwidth', 'transcodes'] as const;
export type Order = (typeof ORDERS)[number];
export const SHOWN = ['all', 'direct', 'copy', 'transcode'] as const;
export type Shown = 'all' | Way;

const RANK: Record<Way, number> = { transcode: 0, copy: 1, direct: 2 };

// Steps of 2 Mbit/s: estimates waver, and a card that hops on every report is worse than a rough order.
const step = (session: LiveSession) => Math.floor((session.player.bandwidth ?? 0) / 2000);

const newest = (a: LiveSession, b: LiveSession) =>
  b.startedAt.localeCompare(a.startedAt) || a.id.localeCompare(b.id);

const COMPARE: Record<Order, (a: LiveSession, b: LiveSession) => number> = {
  newest,
  user: (a, b) => nameOf(a).localeCompare(nameOf(b)) || newest(a, b),
  bandwidth: (a, b) => step(b) - step(a) || newest(a, b),
  transcodes: (a, b) => RANK[wayOf(a.stream.decision)] - RANK[wayOf(b.stream.decision)] || newest(a, b),
};

export function nameOf(session: Pick<LiveSession, 'user' | 'userName'>): string {
  return session.user?.friendlyName || session.userName;
}

/** The sessions to show, in an order in which equals never change places. */
export function arrange(sessions: Iterable<LiveSession>, order: Order, shown: Shown): LiveSession[] {
  const kept = [...sessions].filter((session) => shown === 'all' || wayOf(session.stream.decision) === shown);
  return kept.sort(COMPARE[order]);
}
