import { describe, expect, it } from 'vitest';
import { parseParams, stringifyParams } from '../shell/search-params';
import { askFor, KINDS, MOST, readAdded } from './kinds';
import { pageOf } from './names';

describe('what is new (REC-05)', () => {
  it('stands in the address and is read back', () => {
    for (const search of [{}, { kind: 'shows' }, { kind: 'music', server: 'abc', count: '96' }]) {
      const read = readAdded(parseParams(stringifyParams(search)));
      expect(Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))).toEqual(search);
    }
  });

  it('takes no nonsense', () => {
    const nothing = { kind: undefined, server: undefined, count: undefined };
    for (const told of ['?kind=all', '?kind=bogus&count=-3', '?count=x', '?count=1.5']) expect(readAdded(parseParams(told))).toEqual(nothing);
    expect(readAdded(parseParams('?count=999999')).count).toBe(String(MOST));
  });

  it('asks for each kind by its name', () => {
    expect(KINDS.map((kind) => askFor(kind).kind)).toEqual([null, 'MOVIE', 'SHOW', 'ARTIST', 'MOVIE']);
    expect(KINDS.filter((kind) => askFor(kind).personal)).toEqual(['videos']);
  });

  it('leads to the page of each level', () => {
    expect(pageOf({ kind: 'MOVIE', guid: 'plex://movie/1', ratingKey: '7' })).toEqual({ guid: 'plex://movie/1' });
    expect(pageOf({ kind: 'SEASON', guid: 'plex://season/1', ratingKey: '7' })).toEqual({ season: '7' });
    expect(pageOf({ kind: 'ALBUM', guid: null, ratingKey: '8' })).toEqual({ season: '8' });
    expect(pageOf({ kind: 'SHOW', guid: 'plex://show/1', ratingKey: '9' })).toEqual({ show: '9' });
    expect(pageOf({ kind: 'MOVIE', guid: null, ratingKey: '7' })).toBeNull();
  });
});
