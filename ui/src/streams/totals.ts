import type { Decision } from '../live/schema';
import type { LiveSession } from './live';

/** Counts and kbit/s of what runs. */
export type Totals = {
  streams: number;
  direct: number;
  copy: number;
  transcode: number;
  bandwidth: number;
  lan: number;
  wan: number;
};

/** How a whole stream is counted; a burned subtitle never decides alone. */
export type Way = 'direct' | 'copy' | 'transcode';

export function wayOf(decision: Decision): Way {
  switch (decision) {
    case 'DIRECT_PLAY':
      return 'direct';
    case 'COPY':
      return 'copy';
    case 'TRANSCODE':
    case 'BURN':
      return 'transcode';
  }
}

export function total(sessions: Iterable<LiveSession>): Totals {
  const sum: Totals = { streams: 0, direct: 0, copy: 0, transcode: 0, bandwidth: 0, lan: 0, wan: 0 };
  for (const { stream, player } of sessions) {
    const rate = Math.max(0, player.bandwidth ?? 0);
    sum.streams += 1;
    sum[wayOf(stream.decision)] += 1;
    sum.bandwidth += rate;
    sum[player.location === 'LAN' ? 'lan' : 'wan'] += rate;
  }
  return sum;
}
