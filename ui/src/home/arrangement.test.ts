import { describe, expect, it, vi } from 'vitest';
import { CARDS, dropped, moved, readArrangement, SECTIONS, shownOf, toggledIn } from './arrangement';

vi.mock('../live/client', () => ({ client: {}, codeOf: () => undefined }));

describe('the first page', () => {
  it('takes what was kept, and puts new cards last', () => {
    const read = readArrangement({
      sections: { order: ['statistics', 'bogus', 'now'], hidden: ['libraries', 7] },
      cards: { order: ['users', 'bogus', 'topMovies', 'users'], hidden: ['platforms', 'x'] },
      window: '7',
      count: 10,
      added: 'shows',
    });
    expect(read.sections).toEqual({ order: ['statistics', 'now', 'added', 'libraries'], hidden: ['libraries'] });
    expect(read.cards.order.slice(0, 2)).toEqual(['users', 'topMovies']);
    expect([...read.cards.order].sort()).toEqual([...CARDS].sort());
    expect([read.cards.hidden, read.window, read.measure, read.count, read.added]).toEqual([['platforms'], '7', 'PLAYS', 10, 'shows']);
  });

  it('understands what was kept before there were sections', () => {
    const read = readArrangement({ order: ['users', 'topMovies'], hidden: ['platforms'] });
    expect([read.cards.order.slice(0, 2), read.cards.hidden, read.sections.order]).toEqual([['users', 'topMovies'], ['platforms'], SECTIONS]);
  });

  it('is whole when nothing sensible was kept', () => {
    for (const told of [null, 7, [], { order: 'x', hidden: {}, count: -1 }, { cards: 'x', sections: [] }]) expect(readArrangement(told)).toEqual(readArrangement(undefined));
  });

  it('moves a card past hidden ones', () => {
    const now = readArrangement(null).cards;
    expect(moved({ ...now, hidden: ['topShows'] }, 'topMovies', 1).order.slice(0, 3)).toEqual(['topShows', 'users', 'topMovies']);
    expect(moved(now, 'topMovies', -1)).toBe(now);
    expect(moved({ ...now, hidden: ['topShows'] }, 'users', -1).order.slice(0, 2)).toEqual(['users', 'topMovies']);
    // What is put away has no place to move from.
    expect(moved({ ...now, hidden: ['topShows'] }, 'topShows', 1).order).toEqual(now.order);
  });

  it('drops a card where another one is', () => {
    const now = readArrangement(null).cards;
    expect(dropped(now, 'topMovies', 'users').order.slice(0, 3)).toEqual(['topShows', 'users', 'topMovies']);
    expect(dropped(now, 'users', 'topMovies').order.slice(0, 3)).toEqual(['users', 'topMovies', 'topShows']);
    expect(dropped(now, 'users', 'users')).toBe(now);
  });

  it('puts away and takes out again', () => {
    const now = readArrangement(null).sections;
    const without = toggledIn(now, 'added');
    expect(shownOf(without)).toEqual(['now', 'statistics', 'libraries']);
    expect(toggledIn(without, 'added')).toEqual(now);
  });
});
