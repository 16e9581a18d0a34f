import { expect, it } from 'vitest';
import { partsOf, playlistTypeOf } from './parts';

// LIB-03, LIB-04: what the page of a library has parts for.
it('a library has the parts that its server can tell of', () => {
  const movies = { sectionId: 1, isActive: true, kind: 'MOVIE' } as const;
  expect(partsOf(movies, true)).toEqual(['overview', 'content', 'collections', 'playlists']);
  expect(partsOf(movies, false)).toEqual(['overview', 'content', 'collections']);
  expect(partsOf({ ...movies, kind: 'PHOTO' }, true)).toEqual(['overview', 'content', 'playlists']);
  expect(partsOf({ ...movies, isActive: false }, true)).toEqual(['overview']);
  expect(partsOf({ ...movies, sectionId: 999_999 }, true)).toEqual(['overview']);
});

it('music is in playlists of sound', () => {
  expect((['MOVIE', 'SHOW', 'ARTIST', 'PHOTO'] as const).map(playlistTypeOf)).toEqual(['video', 'video', 'audio', 'photo']);
});
