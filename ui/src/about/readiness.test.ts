import { expect, it } from 'vitest';
import { partsOf } from './readiness';

it('takes what readiness says, and nothing else', () => {
  expect(partsOf({ ready: false, parts: { database: true, collector: 'no' } })).toEqual([
    ['database', true],
    ['collector', false],
  ]);
  expect([partsOf(null), partsOf('x'), partsOf({ parts: 3 })]).toEqual([[], [], []]);
});
