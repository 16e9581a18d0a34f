import { describe, expect, it } from 'vitest';
import { search } from './match';
import { ownPlace } from './place';

const entries = [
  { name: 'Activity', group: 'Pages' },
  { name: 'Zoë’s Evening', more: 'Ann', group: 'Running now' },
  { name: 'The Evening Act', group: 'Running now' },
];
const names = (text: string) => search(entries, text).map(({ name }) => name);

describe('search', () => {
  it('lists everything for nothing', () => {
    expect(names('  ')).toHaveLength(3);
  });

  it('prefers beginnings to middles', () => {
    expect(names('act')).toEqual(['Activity', 'The Evening Act']);
  });

  it('wants every word, anywhere, without marks', () => {
    expect(names('zoe ann')).toEqual(['Zoë’s Evening']);
    expect(names('zoe bob')).toEqual([]);
  });
});

describe('ownPlace', () => {
  it('takes paths of ours alone', () => {
    expect(ownPlace('/activity?session=1')).toBe('/activity?session=1');
    for (const foreign of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', 5]) {
      expect(ownPlace(foreign)).toBeUndefined();
    }
  });
});
