import { describe, expect, it } from 'vitest';
import { CARDS, dropped, moved, readArrangement } from './arrangement';

describe('the first page', () => {
  it('takes what was kept, and puts new cards last', () => {
    const read = readArrangement({ order: ['users', 'bogus', 'topMovies', 'users'], hidden: ['platforms', 'x'], window: '7', count: 10 });
    expect(read.order.slice(0, 2)).toEqual(['users', 'topMovies']);
    expect([...read.order].sort()).toEqual([...CARDS].sort());
    expect([read.hidden, read.window, read.measure, read.count]).toEqual([['platforms'], '7', 'PLAYS', 10]);
  });

  it('is whole when nothing sensible was kept', () => {
    for (const told of [null, 7, [], { order: 'x', hidden: {}, count: -1 }]) expect(readArrangement(told)).toEqual(readArrangement(undefined));
  });

  it('moves a card past hidden ones', () => {
    const order = readArrangement(null).order;
    expect(moved(order, ['topShows'], 'topMovies', 1).slice(0, 3)).toEqual(['topShows', 'users', 'topMovies']);
    expect(moved(order, [], 'topMovies', -1)).toEqual(order);
    expect(moved(order, ['topShows'], 'users', -1).slice(0, 2)).toEqual(['users', 'topMovies']);
  });

  it('drops a card where another one is', () => {
    const order = readArrangement(null).order;
    expect(dropped(order, 'topMovies', 'users').slice(0, 3)).toEqual(['topShows', 'users', 'topMovies']);
    expect(dropped(order, 'users', 'topMovies').slice(0, 3)).toEqual(['users', 'topMovies', 'topShows']);
    expect(dropped(order, 'users', 'users')).toEqual(order);
  });
});
