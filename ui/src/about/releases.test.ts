import { describe, expect, it, vi } from 'vitest';
import { newsOf, readReleases } from './releases';

vi.mock('../live/client', () => ({ client: {}, codeOf: () => undefined }));

const attic = { id: 'a', name: 'Attic', version: '1.42' };
const known = readReleases({ askedAt: 5, newer: { a: { version: '1.43', than: '1.42' } } });

describe('newer versions of media servers', () => {
  it('are told until they are put away or run', () => {
    expect(newsOf(known, [attic, { id: 'b', name: 'Cellar', version: '1.42' }])).toEqual([{ id: 'a', name: 'Attic', version: '1.43' }]);
    expect(newsOf({ ...known, away: { a: '1.43' } }, [attic])).toEqual([]);
    expect(newsOf({ ...known, away: { a: '1.41' } }, [attic])).toHaveLength(1);
    expect(newsOf(known, [{ ...attic, version: '1.44' }])).toEqual([]);
  });

  it('are read from whatever was kept', () => {
    expect(readReleases(null)).toEqual({ askedAt: 0, newer: {}, away: {} });
    expect(readReleases({ askedAt: 'x', newer: { a: 1, b: { version: '2' } }, away: { a: 3, b: '2' } })).toEqual({ askedAt: 0, newer: {}, away: { b: '2' } });
  });
});
