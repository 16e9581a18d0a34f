import { expect, test } from 'vitest';
import { windowsOf } from './windows';

const time = (days: number, plays: number) => ({ days, plays, played: plays * 1000 });

test('a window is compared with what is left of the one twice as long', () => {
  const windows = windowsOf([time(1, 3), time(7, 10), time(0, 90), time(2, 8), time(14, 15)]);
  expect(windows.map(({ days, more }) => [days, more])).toEqual([
    [1, -2],
    [7, 5],
    [0, null],
  ]);
  expect(windowsOf([time(1, 3), time(30, 9)]).map(({ more }) => more)).toEqual([null, null]);
});
