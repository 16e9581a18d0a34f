import { describe, expect, it } from 'vitest';
import { choices, parseParams, stringifyParams, text, texts } from './search-params';

describe('what stands behind the question mark', () => {
  it('comes back as it went', () => {
    const params = { q: 'a & b, c', type: ['movie', 'episode'], to: '/history?x=1' };
    expect(parseParams(stringifyParams(params))).toEqual(params);
  });

  it('leaves no trace of what is empty', () => {
    expect(stringifyParams({ a: undefined, b: '', c: [], d: null })).toBe('');
  });

  it('keeps numbers as they are written', () => {
    expect(parseParams('?q=007&days=30')).toEqual({ q: '007', days: '30' });
  });

  it('is read leniently', () => {
    expect([texts('a'), texts(['a', '', 3, 'b']), texts(undefined)]).toEqual([['a'], ['a', 'b'], []]);
    expect([text(['x', 'y']), text(7)]).toEqual(['x', undefined]);
    expect(choices(['tv', 'movie', 'bogus'], ['movie', 'tv'] as const)).toEqual(['movie', 'tv']);
  });
});
