import { describe, expect, it } from 'vitest';
import { item } from './sample';
import { titleOf } from './title';

const episode = (change: object) =>
  titleOf(item({ kind: 'EPISODE', grandparentTitle: 'The Show', title: 'Pilot', parentIndex: 1, index: 2, year: 2020, ...change }));

describe('titleOf', () => {
  it('names show and episode', () => {
    expect(episode({})).toEqual({
      first: 'The Show',
      number: { season: 1, episode: 2 },
      second: 'Pilot',
      third: null,
      year: '2020',
    });
  });

  it('says a day where guides count seasons in years', () => {
    expect(episode({ parentIndex: 2026, index: 0, originallyAvailableAt: '2026-05-30' })).toMatchObject({
      number: null,
      second: 'Pilot',
      third: '2026-05-30',
    });
  });

  it('does not repeat the show as its episode', () => {
    expect(episode({ title: 'The Show', index: null, originallyAvailableAt: '2026-05-30' })).toMatchObject({
      second: '2026-05-30',
      third: null,
    });
  });

  it('gives a track its own artist before the album’s', () => {
    const track = item({ kind: 'TRACK', title: 'Song', grandparentTitle: 'Various', parentTitle: 'Album', originalTitle: 'Band' });
    expect(titleOf(track)).toMatchObject({ first: 'Song', second: 'Band', third: 'Album' });
  });
});
