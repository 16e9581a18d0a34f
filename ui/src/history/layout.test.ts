import { describe, expect, it } from 'vitest';
import { placeOf, places, spotAt, type Opened } from './layout';

const OPENED: Opened[] = [
  { index: 1, count: 2 },
  { index: 3, count: 1 },
];

describe('the list with opened lines', () => {
  it('has a place for everything', () => {
    expect(places(5, OPENED)).toBe(8);
    expect(Array.from({ length: 8 }, (_, place) => spotAt(place, OPENED))).toEqual([
      { index: 0, child: null },
      { index: 1, child: null },
      { index: 1, child: 0 },
      { index: 1, child: 1 },
      { index: 2, child: null },
      { index: 3, child: null },
      { index: 3, child: 0 },
      { index: 4, child: null },
    ]);
  });

  it('knows where each line stands', () => {
    for (let index = 0; index < 5; index++) expect(spotAt(placeOf(index, OPENED), OPENED)).toEqual({ index, child: null });
  });
});
