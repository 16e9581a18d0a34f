import { describe, expect, it } from 'vitest';
import { optionOf, stepOf, type Look } from './option';

const HOUR = 3_600_000;

describe('an axis of times', () => {
  it('has at most five lines, at round times', () => {
    expect([0, 4 * 60_000, HOUR, 14 * HOUR, 55 * HOUR, 400 * HOUR, 10_000 * HOUR].map((most) => stepOf(most) / HOUR)).toEqual([1 / 60, 1 / 60, 0.25, 3, 12, 120, 2160]);
  });
});

describe('a level', () => {
  const look: Look = { tone: () => '#111', ink: '', quiet: '', line: '', ground: '', font: '' };
  const drawn = (values: (number | null)[], dashed = false) => ({ kind: 'MOVIES' as const, name: 'n', values, dashed });
  type Told = { yAxis: { scale: boolean }; series: { areaStyle?: object; symbol: string; lineStyle: { type?: unknown } }[] };
  const told = (...series: ReturnType<typeof drawn>[]) => optionOf(series, ['a', 'b', 'c'], 'level', look, String, false, [], false) as unknown as Told;

  it('is filled from nothing, or looked at closely where it changes by little', () => {
    const [grown, steady] = [told(drawn([0, 5, 9])), told(drawn([90, 95, 99]))];
    expect([grown.yAxis.scale, steady.yAxis.scale]).toEqual([false, true]);
    expect([!!grown.series[0]?.areaStyle, !!steady.series[0]?.areaStyle]).toEqual([true, false]);
  });

  it('is dashed where it is less sure, and a point where there is one value alone', () => {
    const { series } = told(drawn([1, 2, 3], true), drawn([null, null, 3]));
    expect(series.map(({ lineStyle }) => lineStyle.type)).toEqual([[6, 4], undefined]);
    expect(series.map(({ symbol }) => symbol)).toEqual(['none', 'circle']);
  });
});
