import { describe, expect, it } from 'vitest';
import { parseParams, stringifyParams } from '../shell/search-params';
import { bounds, day, daysBefore, inputOf, readFilter, toggled, weigh, type Filter } from './filter';

const TODAY = '2026-03-01';

describe('a filter', () => {
  it('comes back from its address as it went there', () => {
    const filter: Filter = {
      q: 'sea & sky, 100%',
      user: ['VXNlcjox', 'VXNlcjoy'],
      type: ['movie', 'live'],
      player: ['Living room, TV'],
      watched: ['yes'],
      from: '2026-01-01',
      to: '2026-01-31',
    };
    expect(readFilter(parseParams(stringifyParams(filter)))).toEqual(filter);
  });

  it('drops what it does not understand', () => {
    expect(readFilter({ type: 'bogus', way: ['direct', 7], from: '2026-02-30', days: '-4', place: 'MOON', other: 'x' })).toEqual({
      way: ['direct'],
    });
  });

  it('knows the days that there are', () => {
    expect([day('2024-02-29'), day('2026-02-29'), day('26-1-1'), day(5)]).toEqual(['2024-02-29', undefined, undefined, undefined]);
  });

  it('takes a number of days before two days', () => {
    expect(readFilter({ days: '7', from: '2026-01-01' })).toEqual({ days: '7' });
    expect(bounds({ days: '1' }, TODAY)).toEqual({ after: TODAY });
    expect(bounds({ days: '2' }, TODAY)).toEqual({ after: '2026-02-28' });
    expect(daysBefore('2024-03-01', 1)).toBe('2024-02-29');
  });

  it('says to the service what it means', () => {
    expect(inputOf({ type: ['movie', 'live'], way: ['transcode'], watched: ['partly'], days: '30', q: ' x ' }, TODAY)).toEqual({
      kinds: ['MOVIE'],
      live: true,
      decisions: ['TRANSCODE'],
      watchedQuarters: [1, 2, 3],
      after: '2026-01-31',
      text: 'x',
    });
    expect(inputOf({ type: ['live'] }, TODAY)).toEqual({ live: true });
    expect(inputOf({}, TODAY)).toEqual({});
  });

  it('is weighed by its parts', () => {
    expect([weigh({}), weigh({ from: TODAY, to: TODAY, q: 'x', user: ['a', 'b'] })]).toEqual([0, 3]);
  });

  it('takes and gives single values', () => {
    const one = toggled({ q: 'x' }, 'user', 'a');
    expect(one).toEqual({ q: 'x', user: ['a'] });
    expect(toggled(one, 'user', 'a')).toEqual({ q: 'x' });
  });
});
