import type { LiveSession } from './live';

/** Where a session is, in milliseconds; `buffered` and `duration` where they are known. */
export type Position = {
  at: number;
  duration: number | null;
  remaining: number | null;
  /** Local time at which it ends if it goes on like this. */
  endsAt: number | null;
  /** What the transcoder has ready. */
  buffered: number | null;
  /** 0 to 1. */
  share: number | null;
};

export function positionOf(session: LiveSession, now: number): Position {
  const airing = session.item.live ? session.item.airing : null;
  if (airing?.beginsAt && airing.endsAt) return onAir(airing.beginsAt, airing.endsAt, now);
  const duration = session.item.live ? null : session.item.duration || null;
  const moved = session.state === 'PLAYING' ? Math.max(0, now - session.heardAt) : 0;
  const at = Math.min(session.viewOffset + moved, duration ?? Infinity);
  const remaining = duration === null ? null : duration - at;
  const ready = session.stream.transcode?.maxOffsetAvailable;
  return {
    at,
    duration,
    remaining,
    endsAt: remaining !== null && session.state === 'PLAYING' ? now + remaining : null,
    buffered: duration !== null && ready && ready > 0 ? Math.min(ready * 1000, duration) : null,
    share: duration === null ? null : at / duration,
  };
}

/** A programme goes on whether it is watched or not: its slot is the scale. */
function onAir(beginsAt: string, endsAt: string, now: number): Position {
  const begins = Date.parse(beginsAt);
  const ends = Date.parse(endsAt);
  const duration = Math.max(1, ends - begins);
  const at = Math.min(Math.max(0, now - begins), duration);
  return { at, duration, remaining: duration - at, endsAt: ends, buffered: null, share: at / duration };
}
