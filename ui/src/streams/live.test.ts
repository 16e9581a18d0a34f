import { describe, expect, it } from 'vitest';
import { NOTHING, reduce, type Live, type Update } from './live';
import { session } from './sample';

function told(id: string, change: object = {}): Extract<Update, { __typename: 'Session' }> {
  const { heardAt: _, pausedSince: __, ...rest } = session({ id, ...change });
  return { __typename: 'Session', ...rest };
}

function snapshot(...ids: string[]): Update {
  return { __typename: 'Activity', sessions: ids.map((id) => ({ ...told(id), events: [] })) };
}

const after = (...updates: Update[]): Live => updates.reduce((live, update, n) => reduce(live, update, 100 + n), NOTHING);

describe('reduce', () => {
  it('is not fresh before a snapshot has come', () => {
    expect(after(told('a')).fresh).toBe(false);
    expect(after(snapshot()).fresh).toBe(true);
  });

  it('lets a snapshot replace everything', () => {
    expect([...after(snapshot('a', 'b'), snapshot('b', 'c')).sessions.keys()]).toEqual(['b', 'c']);
  });

  it('adds, changes and ends single sessions', () => {
    const live = after(snapshot('a'), told('b'), told('a', { viewOffset: 5 }), {
      __typename: 'SessionEnded',
      sessionId: 'b',
      playId: null,
    });
    expect([...live.sessions.keys()]).toEqual(['a']);
    expect(live.sessions.get('a')).toMatchObject({ viewOffset: 5, heardAt: 102 });
  });

  it('leaves untouched sessions as the very same objects, so that their cards rest', () => {
    const before = after(snapshot('a', 'b'));
    const now = reduce(before, told('b'), 200);
    expect(now.sessions.get('a')).toBe(before.sessions.get('a'));
    expect(now.sessions.get('b')).not.toBe(before.sessions.get('b'));
  });

  it('does not change for the end of what it never knew, nor for servers', () => {
    const before = after(snapshot('a'));
    expect(reduce(before, { __typename: 'SessionEnded', sessionId: 'x', playId: null }, 1)).toBe(before);
    expect(reduce(before, { __typename: 'ServerChanged', server: null }, 1)).toBe(before);
  });

  it('remembers since when a session is paused', () => {
    const paused = (seenAt: string) => told('a', { state: 'PAUSED', seenAt });
    const live = after(snapshot('a'), paused('2026-01-01T20:11:00Z'), paused('2026-01-01T20:12:00Z'));
    expect(live.sessions.get('a')?.pausedSince).toBe('2026-01-01T20:11:00Z');
    expect(reduce(live, told('a'), 9).sessions.get('a')?.pausedSince).toBeNull();
  });

  it('takes the pause of a first snapshot from the timeline', () => {
    const events = [
      { at: '2026-01-01T20:01:00Z', kind: 'PAUSED' as const },
      { at: '2026-01-01T20:02:00Z', kind: 'RESUMED' as const },
      { at: '2026-01-01T20:05:00Z', kind: 'PAUSED' as const },
    ];
    const live = after({ __typename: 'Activity', sessions: [{ ...told('a', { state: 'PAUSED' }), events }] });
    expect(live.sessions.get('a')?.pausedSince).toBe('2026-01-01T20:05:00Z');
  });
});
