import { describe, expect, it } from 'vitest';
import { filterOf, itemOf, namesOf, subjectOf } from './subject';

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
});
