import { describe, expect, it } from 'vitest';
import { differences, MOST, unitOf } from './changes';

const movie = (title: string, plays: number, userCount: number, year = 2020) => ({ title, year, artist: null, plays, played: plays * 1000, userCount, lastPlayedAt: '', lastPlay: null });
const user = (id: string, plays: number) => ({ plays, played: plays * 60_000, lastPlayedAt: '', user: { id, friendlyName: id, avatarUrl: null } });

describe('what has changed since the span before', () => {
  it('is told of each line in what its card counts', () => {
    const now = { topMovies: [movie('A', 5, 2), movie('B', 3, 3), movie('C', 2, 1, 1999)], popularMovies: [movie('B', 3, 3)], users: [user('u1', 4)] } as never;
    const before = { topMovies: [movie('A', 2, 1), movie('B', 3, 1), movie('C', 9, 1, 2001)], popularMovies: [movie('B', 3, 1)], users: [user('u1', 6)] } as never;
    expect(differences('topMovies', now, before, 'PLAYS')).toEqual([3, 0, 'new']);
    expect(differences('popularMovies', now, before, 'DURATION')).toEqual([2]);
    expect(differences('users', now, before, 'DURATION')).toEqual([-120_000]);
    expect(differences('libraries', now, before, 'PLAYS')).toEqual([]);
    expect(differences('recentlyWatched', now, before, 'PLAYS')).toEqual([]);
  });

  it('is not guessed where the list before may go on', () => {
    const full = Array.from({ length: MOST }, (_, n) => user(`other${n}`, 9));
    expect(differences('users', { users: [user('u1', 4)] } as never, { users: full } as never, 'PLAYS')).toEqual([null]);
  });

  it('compares streams at once by how they were delivered', () => {
    const now = { mostConcurrent: [{ decision: null, count: 5 }, { decision: 'TRANSCODE', count: 2 }] } as never;
    expect(differences('mostConcurrent', now, { mostConcurrent: [{ decision: null, count: 6 }] } as never, 'PLAYS')).toEqual([-1, 'new']);
  });

  it('has the unit of the card', () => {
    expect([unitOf('popularShows', 'DURATION'), unitOf('users', 'DURATION'), unitOf('users', 'PLAYS'), unitOf('mostConcurrent', 'PLAYS')]).toEqual(['users', 'time', 'plays', 'streams']);
  });
});
