import type { EChartsCoreOption } from 'echarts/core';
import type { GraphSeriesKind } from '../live/schema';

export type Drawn = { kind: GraphSeriesKind; name: string; values: readonly number[] };
export type Look = { tone: (kind: GraphSeriesKind) => string; ink: string; quiet: string; line: string; font: string };
export type Shape = 'columns' | 'bars' | 'steps';

/** Patterns over the colours, so that lines can be told apart without them. */
const DECALS: Partial<Record<GraphSeriesKind, object>> = {
  MOVIES: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4, color: 'rgba(255,255,255,0.24)' },
  MUSIC: { symbol: 'circle', dashArrayX: [[4, 4], [0, 4, 4, 0]], dashArrayY: [4, 0], symbolSize: 0.7, color: 'rgba(255,255,255,0.2)' },
  LIVE: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 3], color: 'rgba(255,255,255,0.22)' },
  DIRECT_STREAM: { symbol: 'circle', dashArrayX: [[4, 4], [0, 4, 4, 0]], dashArrayY: [4, 0], symbolSize: 0.7, color: 'rgba(255,255,255,0.2)' },
  TRANSCODE: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4, color: 'rgba(255,255,255,0.24)' },
};

const DASHES: Partial<Record<GraphSeriesKind, string | number[]>> = { DIRECT_STREAM: 'dashed', TRANSCODE: [2, 3] };

/** What the drawing library is told. Legend, values and choice are the page's own, so it draws nothing but marks and axes. */
export function optionOf(series: readonly Drawn[], labels: readonly string[], shape: Shape, look: Look, amount: (value: number) => string, rtl: boolean): EChartsCoreOption {
  const text = { color: look.quiet, fontFamily: look.font, fontSize: 11 };
  const names = {
    type: 'category',
    data: [...labels],
    inverse: shape === 'bars' ? true : rtl,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    axisLabel: shape === 'bars' ? { ...text, width: 110, overflow: 'truncate', fontSize: 12, color: look.ink } : { ...text, hideOverlap: true },
  };
  const values = {
    type: 'value',
    minInterval: 1,
    splitNumber: 4,
    inverse: shape === 'bars' && rtl,
    position: shape !== 'bars' && rtl ? 'right' : undefined,
    axisLabel: { ...text, formatter: amount, hideOverlap: true },
    splitLine: { lineStyle: { color: look.line } },
  };
  return {
    animation: false,
    grid: { left: 6, right: 14, top: 12, bottom: 4, containLabel: true },
    xAxis: shape === 'bars' ? values : names,
    yAxis: shape === 'bars' ? { ...names, position: rtl ? 'right' : undefined } : values,
    series: series.map(({ kind, name, values: data }) => {
      const color = look.tone(kind);
      if (shape === 'steps') {
        const lineStyle = { color, width: kind === 'TOTAL' ? 2.2 : 1.6, type: DASHES[kind] ?? 'solid' };
        return { type: 'line', name, data: [...data], step: 'middle', symbol: 'none', lineStyle, silent: true };
      }
      return { type: 'bar', name, data: [...data], stack: 'all', barMaxWidth: shape === 'bars' ? 18 : 34, barCategoryGap: '22%', itemStyle: { color, decal: DECALS[kind] }, silent: true };
    }),
  };
}
