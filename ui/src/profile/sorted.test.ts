import { expect, it } from 'vitest';
import { sorted } from './sorted';

it('orders either way, what is absent last', () => {
  const rows = [{ n: 2 }, { n: null }, { n: 1 }];
  const order = (down: boolean) => sorted(rows, { by: 'n', down }, ({ n }) => n).map(({ n }) => n);
  expect([order(true), order(false)]).toEqual([
    [2, 1, null],
    [1, 2, null],
  ]);
  expect(sorted(['b', 'a'], { by: 'x', down: false }, (text) => text)).toEqual(['a', 'b']);
});
