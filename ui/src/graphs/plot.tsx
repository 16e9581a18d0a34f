import type { ECharts } from 'echarts/core';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './plot.module.css';
import { lookOf } from './look';
import { optionOf, type Drawn, type Shape } from './option';

type Range = { from: number; to: number };

type Props = {
  label: string;
  series: readonly Drawn[];
  labels: readonly string[];
  shape: Shape;
  amount: (value: number) => string;
  /** Whether the values are times, in milliseconds. */
  timed: boolean;
  /** For each column whether it is a day of the weekend. */
  rest: readonly boolean[];
  /** What lay under each column in the span before; empty where nothing is compared. */
  former: readonly (number | null)[];
  /** The column that is looked at. */
  at: number | null;
  onAt: (at: number | null) => void;
  /** In words, for those who do not see it. */
  textAt: (at: number) => string;
  /** Chosen columns; absent where nothing lies behind them. */
  onChoose?: ((range: Range) => void) | undefined;
  /** Whether several columns can be chosen. */
  ranged: boolean;
  /** Half as high, beside others. */
  low?: boolean;
  scheme: string;
  chartRef: RefObject<ECharts | null>;
};

/** The marks, and over them a layer on which columns are looked at and chosen, by pointer or by keys. */
export function Plot({ label, series, labels, shape, amount, timed, rest, former, at, onAt, textAt, onChoose, ranged, low = false, scheme, chartRef }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ECharts | null>(null);
  const [range, setRange] = useState<Range | null>(null);
  const [size, setSize] = useState(0);
  const pressed = useRef<{ index: number; touch: boolean } | null>(null);
  const flat = shape === 'bars';

  useEffect(() => {
    const node = box.current;
    if (!node) return;
    let made: ECharts | undefined;
    let gone = false;
    const observer = new ResizeObserver(() => {
      made?.resize();
      setSize(node.clientWidth * 10_000 + node.clientHeight);
    });
    void import('./echarts').then(({ init }) => {
      if (gone) return;
      made = init(node, undefined, { renderer: 'canvas' });
      chartRef.current = made;
      setChart(made);
      observer.observe(node);
    });
    return () => {
      gone = true;
      observer.disconnect();
      made?.dispose();
      chartRef.current = null;
    };
  }, [chartRef]);

  useEffect(() => {
    const node = box.current;
    if (!chart || !node) return;
    chart.setOption(optionOf(series, labels, shape, lookOf(node), amount, timed, rest, document.documentElement.dir === 'rtl', former), { notMerge: true });
    setSize((now) => now + 0.5);
  }, [chart, series, labels, shape, amount, timed, rest, former, scheme]);

  const indexAt = (event: PointerEvent): number | null => {
    const frame = box.current?.getBoundingClientRect();
    if (!chart || !frame || labels.length === 0) return null;
    const point = [event.clientX - frame.left, event.clientY - frame.top];
    const found = chart.convertFromPixel({ gridIndex: 0 }, point) as number[] | undefined;
    const index = Math.round(found?.[flat ? 1 : 0] ?? NaN);
    return Number.isNaN(index) ? null : Math.max(0, Math.min(labels.length - 1, index));
  };
  /** The stretch of pixels that some columns take. */
  const band = ({ from, to }: Range): { start: number; length: number } | null => {
    if (!chart || size === 0) return null;
    const finder = flat ? { yAxisIndex: 0 } : { xAxisIndex: 0 };
    const [a, b] = [chart.convertToPixel(finder, from), chart.convertToPixel(finder, to)];
    const next = labels.length > 1 ? Math.abs(chart.convertToPixel(finder, 1) - chart.convertToPixel(finder, 0)) : 60;
    return Number.isFinite(a) && Number.isFinite(b) ? { start: Math.min(a, b) - next / 2, length: Math.abs(b - a) + next } : null;
  };

  const onPointerDown = (event: PointerEvent) => {
    const index = indexAt(event);
    if (index === null || event.button !== 0) return;
    pressed.current = { index, touch: event.pointerType !== 'mouse' };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const index = indexAt(event);
    onAt(index);
    if (!pressed.current || index === null || !ranged || !onChoose) return;
    const start = pressed.current.index;
    setRange(start === index ? null : { from: Math.min(start, index), to: Math.max(start, index) });
  };
  const onPointerUp = (event: PointerEvent) => {
    const start = pressed.current;
    pressed.current = null;
    const chosen = range;
    setRange(null);
    if (!start || !onChoose) return;
    if (chosen) onChoose(chosen);
    // A finger looks first; what it looks at can then be opened by the button beside the values.
    else if (start.touch) onAt(indexAt(event));
    else onChoose({ from: start.index, to: start.index });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = labels.length - 1;
    const now = at ?? last;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: flat ? -1 : 1, ArrowDown: flat ? 1 : -1 }[event.key];
    const move = step !== undefined ? now + step : { Home: 0, End: last }[event.key];
    if (move !== undefined) {
      const to = Math.max(0, Math.min(last, move));
      if (event.shiftKey && ranged) {
        const anchor = range ? (now === range.from ? range.to : range.from) : now;
        setRange({ from: Math.min(anchor, to), to: Math.max(anchor, to) });
      } else setRange(null);
      onAt(to);
    } else if ((event.key === 'Enter' || event.key === ' ') && onChoose) {
      onChoose(range ?? { from: now, to: now });
      setRange(null);
    } else if (event.key === 'Escape' && range) setRange(null);
    else return;
    event.preventDefault();
  };

  const marked = range ?? (at === null ? null : { from: at, to: at });
  const place = marked && band(marked);
  return (
    <div className={classes.plot} data-flat={flat || undefined} data-low={low || undefined} style={flat ? { blockSize: 34 + labels.length * 30 } : undefined}>
      <div ref={box} className={classes.marks} aria-hidden />
      {place && (
        <div
          className={classes.band}
          data-range={range ? true : undefined}
          aria-hidden
          style={flat ? { top: place.start, height: place.length, left: 0, right: 0 } : { left: place.start, width: place.length, top: 8, bottom: 22 }}
        />
      )}
      <div
        className={classes.layer}
        role="slider"
        tabIndex={0}
        aria-label={`${label}. ${t(onChoose ? (ranged ? 'graphs.hintRange' : 'graphs.hintOne') : 'graphs.hintLook')}`}
        aria-orientation={flat ? 'vertical' : 'horizontal'}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, labels.length - 1)}
        aria-valuenow={at ?? Math.max(0, labels.length - 1)}
        aria-valuetext={textAt(at ?? Math.max(0, labels.length - 1))}
        data-choose={onChoose ? true : undefined}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          pressed.current = null;
          setRange(null);
        }}
        onPointerLeave={(event) => event.pointerType === 'mouse' && !pressed.current && onAt(null)}
        onKeyDown={onKeyDown}
        onBlur={() => setRange(null)}
      />
    </div>
  );
}
