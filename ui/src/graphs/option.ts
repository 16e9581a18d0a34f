import type { EChartsCoreOption } from 'echarts/core';
import type { GraphSeriesKind } from '../live/schema';

/** A line; `dashed` where it is less sure than what it belongs to. A value that is not known is null. */
export type Drawn = { kind: GraphSeriesKind; name: string; values: readonly (number | null)[]; dashed?: boolean };
export type Look = { tone: (kind: GraphSeriesKind) => string; ink: string; quiet: string; line: string; ground: string; font: string };
/** `steps` are heights of their own side by side, `level` is one height that changes. */
export type Shape = 'columns' | 'bars' | 'steps' | 'level';

/** Patterns over the colours, so that lines can be told apart without them. */
const DECALS: Partial<Record<GraphSeriesKind, object>> = {
  MOVIES: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4, color: 'rgba(255,255,255,0.24)' },
  MUSIC: { symbol: 'circle', dashArrayX: [[4, 4], [0, 4, 4, 0]], dashArrayY: [4, 0], symbolSize: 0.7, color: 'rgba(255,255,255,0.2)' },
  LIVE: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 3], color: 'rgba(255,255,255,0.22)' },
  DIRECT_STREAM: { symbol: 'circle', dashArrayX: [[4, 4], [0, 4, 4, 0]], dashArrayY: [4, 0], symbolSize: 0.7, color: 'rgba(255,255,255,0.2)' },
  TRANSCODE: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4, color: 'rgba(255,255,255,0.24)' },
};

export const DASHES: Partial<Record<GraphSeriesKind, string | number[]>> = { DIRECT_STREAM: 'dashed', TRANSCODE: [2, 3], REMOTE: 'dashed' };

const MINUTE = 60_000;
const STEPS = [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400].map((minutes) => minutes * MINUTE);

/** The distance of the lines of an axis of times, so that each is a round one of a clock. */
export function stepOf(most: number): number {
  return STEPS.find((step) => most / step <= 5) ?? Math.ceil(most / 5 / (14_400 * MINUTE)) * 14_400 * MINUTE;
}

/** What the drawing library is told. Legend, values and choice are the page's own, so it draws nothing but marks and axes. */
export function optionOf(series: readonly Drawn[], labels: readonly string[], shape: Shape, look: Look, amount: (value: number) => string, timed: boolean, rest: readonly boolean[], rtl: boolean, former: readonly (number | null)[] = []): EChartsCoreOption {
  const text = { color: look.quiet, fontFamily: look.font, fontSize: 11 };
  const names = {
    type: 'category',
    data: [...labels],
    inverse: shape === 'bars' ? true : rtl,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    // Weekends lie on a ground of their own: they are why days differ.
    splitArea: rest.some(Boolean) ? { show: true, interval: 0, areaStyle: { color: rest.map((isRest) => (isRest ? look.line : 'transparent')), opacity: 0.45 } } : undefined,
    axisLabel: shape === 'bars' ? { ...text, width: 110, overflow: 'truncate', fontSize: 12, color: look.ink } : { ...text, hideOverlap: true },
  };
  const sums = labels.map((_, n) => series.reduce((sum, one) => sum + (one.values[n] ?? 0), 0));
  const most = Math.max(0, ...sums, ...former.map((value) => value ?? 0));
  const step = stepOf(most);
  // A level that changes by little is looked at closely; then nothing is filled, for a fill says how much it is from nothing.
  const levels = shape === 'level' ? series.flatMap((one) => one.values.filter((value) => value !== null)) : [];
  const isClose = levels.length > 0 && Math.min(...levels) > Math.max(...levels) / 2;
  const values = {
    type: 'value',
    minInterval: 1,
    scale: isClose,
    splitNumber: shape === 'bars' ? 3 : 4,
    ...(timed ? { interval: step, max: Math.ceil(most / step) * step || step } : {}),
    inverse: shape === 'bars' && rtl,
    position: shape !== 'bars' && rtl ? 'right' : undefined,
    axisLabel: { ...text, formatter: (value: number) => (value === 0 ? '0' : amount(value)), hideOverlap: true },
    splitLine: { lineStyle: { color: look.line } },
  };
  // At the end of a bar stands how much it is in all: nothing has to be pointed at to be compared.
  const ends = {
    type: 'bar',
    name: 'sum',
    data: labels.map(() => 0),
    stack: 'all',
    silent: true,
    label: { show: true, position: rtl ? 'left' : 'right', distance: 6, formatter: ({ dataIndex }: { dataIndex: number }) => amount(sums[dataIndex] ?? 0), color: look.ink, fontFamily: look.font, fontSize: 12, fontWeight: 600 },
  };
  const past = {
    type: 'line',
    name: 'former',
    data: [...former],
    step: shape === 'steps' ? 'middle' : undefined,
    symbol: 'none',
    silent: true,
    z: 5,
    lineStyle: { color: look.ink, width: 1.6, type: [6, 4] },
  };
  // Over dark columns and light ones alike.
  const halo = { ...past, name: 'halo', z: 4, lineStyle: { color: look.ground, width: 4, opacity: 0.65 } };
  const room = shape === 'bars' ? 14 + 7 * Math.max(...sums.map((sum) => amount(sum).length)) : 14;
  return {
    animation: false,
    grid: { left: rtl ? room : 6, right: rtl ? 6 : room, top: 12, bottom: 4, containLabel: true },
    xAxis: shape === 'bars' ? values : names,
    yAxis: shape === 'bars' ? { ...names, position: rtl ? 'right' : undefined } : values,
    series: [...series.map(({ kind, name, values: data, dashed }) => {
      const color = look.tone(kind);
      // A single value has no line.
      const symbol = data.filter((value) => value !== null).length === 1 ? { symbol: 'circle', symbolSize: 7, showAllSymbol: true } : { symbol: 'none' };
      if (shape === 'steps') {
        const lineStyle = { color, width: kind === 'TOTAL' ? 2.2 : 1.6, type: DASHES[kind] ?? 'solid' };
        return { type: 'line', name, data: [...data], step: 'middle', ...symbol, itemStyle: { color }, lineStyle, silent: true };
      }
      if (shape === 'level') {
        const lineStyle = dashed ? { color, width: 1.8, type: [6, 4] } : { color, width: 2.2 };
        return { type: 'line', name, data: [...data], ...symbol, itemStyle: { color }, lineStyle, areaStyle: isClose ? undefined : { color, opacity: dashed ? 0.08 : 0.18 }, silent: true };
      }
      return { type: 'bar', name, data: [...data], stack: 'all', barMaxWidth: shape === 'bars' ? 18 : 34, barCategoryGap: '22%', itemStyle: { color, decal: DECALS[kind] }, silent: true };
    }), ...(shape === 'bars' ? [ends] : []), ...(former.length > 0 ? [halo, past] : [])],
  };
}
