import type { ActivitySubscription } from '../activity/activity.generated';
import type { LiveSessionFragment } from './live-session.generated';

/** A running session with what only we can know of it. */
export type LiveSession = LiveSessionFragment & {
  /** When we heard of it last, in local milliseconds: its position counts from then. */
  heardAt: number;
  /** Since when it is paused, as the service says it. */
  pausedSince: string | null;
};

export type Update = ActivitySubscription['activity'];

/** What is now; `fresh` says that a snapshot has come since the line was opened. */
export type Live = {
  fresh: boolean;
  sessions: ReadonlyMap<string, LiveSession>;
};

export const NOTHING: Live = { fresh: false, sessions: new Map() };

type Told = LiveSessionFragment & { events?: ReadonlyArray<{ at: string; kind: string }> };

function pausedSince(told: Told, before: LiveSession | undefined): string | null {
  if (told.state !== 'PAUSED') return null;
  if (before?.state === 'PAUSED' && before.pausedSince) return before.pausedSince;
  const entry = told.events?.findLast((event) => event.kind === 'PAUSED');
  return entry?.at ?? told.seenAt;
}

function hear(told: Told, before: LiveSession | undefined, at: number): LiveSession {
  const { events: _, ...session } = told;
  return { ...session, heardAt: at, pausedSince: pausedSince(told, before) };
}

/** What is now after an update that came at `at`. Pure; the same object when nothing has changed. */
export function reduce(live: Live, update: Update, at: number): Live {
  switch (update.__typename) {
    case 'Activity': {
      const entries = update.sessions.map(
        (told) => [told.id, hear(told, live.sessions.get(told.id), at)] as const,
      );
      return { fresh: true, sessions: new Map(entries) };
    }
    case 'Session': {
      const sessions = new Map(live.sessions);
      sessions.set(update.id, hear(update, live.sessions.get(update.id), at));
      return { ...live, sessions };
    }
    case 'SessionEnded': {
      if (!live.sessions.has(update.sessionId)) return live;
      const sessions = new Map(live.sessions);
      sessions.delete(update.sessionId);
      return { ...live, sessions };
    }
    case 'ServerChanged':
      return live;
  }
}
