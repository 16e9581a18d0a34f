import { expect, it } from 'vitest';
import { csvCell, csvLine } from './csv';

it('a cell stays what it was, and never becomes a formula', () => {
  expect(['plain', 'a "b", c', '=1+1', '-5', null, 0].map(csvCell)).toEqual(['plain', '"a ""b"", c"', "'=1+1", "'-5", '', '0']);
  expect(csvLine(['a', 1, undefined])).toBe('a,1,\r\n');
});
