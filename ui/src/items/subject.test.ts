import { describe, expect, it } from 'vitest';
import { elsewhere, filterOf, itemOf, levelIn, levelOf, namesOf, neighbours, readItem, subjectOf, together } from './subject';

describe('an item', () => {
  it('is looked for at its level', () => {
    for (const search of [{ guid: 'plex://movie/1' }, { show: '12' }, { season: '13' }]) expect(itemOf(filterOf(search))).toEqual(search);
    expect([subjectOf({ guid: 'g' }), subjectOf({ show: '1' }), subjectOf({ season: '2' })]).toEqual([{ guids: ['g'] }, { ratingKeys: ['1'] }, { ratingKeys: ['2'] }]);
    expect(itemOf({ q: 'x' })).toBeNull();
  });

  it('has the name of its level', () => {
    const episode = { kind: 'EPISODE', title: 'Pilot', parentTitle: 'Season 1', grandparentTitle: 'Harbor' };
    expect([namesOf(episode, { guid: 'g' }), namesOf(episode, { show: '1' }), namesOf(episode, { season: '2' })]).toEqual([
      { title: 'Pilot', above: 'Harbor' },
      { title: 'Harbor', above: null },
      { title: 'Season 1', above: 'Harbor' },
    ]);
  });

  it('is read from an address, and by key has the level of its kind', () => {
    expect(readItem({ key: '7', server: 's', more: 'x' })).toEqual({ guid: undefined, show: undefined, season: undefined, key: '7', server: 's' });
    expect([levelIn({ key: '7' }), levelIn({ guid: 'g', key: '7' }), levelIn({ season: '2' })]).toEqual([null, { guid: 'g' }, { season: '2' }]);
    const at = (kind: Parameters<typeof levelOf>[0]['kind']) => levelOf({ kind, ratingKey: '7', guid: 'g' });
    expect([at('SHOW'), at('ARTIST'), at('SEASON'), at('ALBUM'), at('EPISODE'), at('MOVIE'), at('COLLECTION'), at('PLAYLIST')]).toEqual([{ show: '7' }, { show: '7' }, { season: '7' }, { season: '7' }, { guid: 'g' }, { guid: 'g' }, null, null]);
  });
});

it('a collection is played as its members are', () => {
  const movie = (ratingKey: string) => ({ kind: 'MOVIE' as const, ratingKey, guid: `g${ratingKey}` });
  expect(together([movie('1'), movie('2')])).toEqual({ filter: { item: ['g1', 'g2'] }, keys: ['1', '2'] });
  expect(together([{ kind: 'SHOW', ratingKey: '3' }])).toEqual({ filter: { show: ['3'] }, keys: ['3'] });
  expect(together([movie('1'), { kind: 'SHOW', ratingKey: '3' }])).toBeNull();
  expect(together([{ kind: 'MOVIE', guid: 'g' }])).toBeNull();
  expect([together([]), together(Array.from({ length: 101 }, (_, n) => movie(String(n))))]).toEqual([null, null]);
});

// LIB-05: links elsewhere, and siblings.
it('identifiers elsewhere become addresses, what is unknown does not', () => {
  expect(elsewhere(['imdb://tt1', 'tmdb://2', 'tvdb://3', 'plex://movie/4', 'imdb://a/../b', 'javascript:alert(1)'], 'MOVIE').map(({ url }) => url)).toEqual([
    'https://www.imdb.com/title/tt1/',
    'https://www.themoviedb.org/movie/2',
    'https://thetvdb.com/dereferrer/movie/3',
  ]);
  expect(elsewhere(['tmdb://2'], 'EPISODE')).toEqual([]);
});

it('the first and the last have one neighbour', () => {
  const all = ['1', '2', '3'].map((ratingKey) => ({ ratingKey }));
  expect([neighbours(all, '1'), neighbours(all, '2'), neighbours(all, '9')]).toEqual([
    { before: undefined, after: all[1] },
    { before: all[0], after: all[2] },
    { before: undefined, after: undefined },
  ]);
});
