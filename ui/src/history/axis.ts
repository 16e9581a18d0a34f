import type { TimelineEntryFragment } from '../details/details.generated';

export type Entry = TimelineEntryFragment;

/** A stretch of the time between start and stop, in shares of it. */
export type Segment = { kind: 'playing' | 'paused' | 'buffering'; from: number; to: number };

/** Something that happened at a moment. */
export type Pin = { kind: Entry['kind']; at: number; entry: Entry };

export type Axis = { segments: Segment[]; pins: Pin[] };

const STATE: Partial<Record<Entry['kind'], Segment['kind']>> = {
  STARTED: 'playing',
  RESUMED: 'playing',
  PAUSED: 'paused',
  BUFFERING: 'buffering',
};

/** What ends a stall without saying so: the picture moves again. */
const MOVES = new Set<Entry['kind']>(['SEEKED', 'MARKER', 'WATCHED']);
const PINNED = new Set<Entry['kind']>(['STREAM_CHANGED', 'MARKER', 'SEEKED', 'WATCHED', 'ERROR', 'BUFFER_WARNING']);

/** A play on one axis of wall-clock time. Entries may stand in any order. */
export function axisOf(entries: readonly Entry[], startedAt: string, stoppedAt: string): Axis {
  const start = Date.parse(startedAt);
  const length = Math.max(1, Date.parse(stoppedAt) - start);
  const share = (at: string) => Math.min(1, Math.max(0, (Date.parse(at) - start) / length));
  const ordered = [...entries].sort((a, b) => a.sequence - b.sequence);
  const segments: Segment[] = [];
  let now = 'playing' as Segment['kind'];
  let since = 0;
  const turn = (kind: Segment['kind'], at: number) => {
    if (kind === now) return;
    if (at > since) segments.push({ kind: now, from: since, to: at });
    now = kind;
    since = at;
  };
  for (const entry of ordered) {
    const state = STATE[entry.kind] ?? (MOVES.has(entry.kind) && now === 'buffering' ? 'playing' : undefined);
    if (state) turn(state, share(entry.at));
  }
  if (since < 1) segments.push({ kind: now, from: since, to: 1 });
  const pins = ordered.filter(({ kind }) => PINNED.has(kind)).map((entry) => ({ kind: entry.kind, at: share(entry.at), entry }));
  return { segments, pins };
}
