import { useComputedColorScheme } from '@mantine/core';
import { useClickOutside, useMergedRef } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ECharts } from 'echarts/core';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { csvLine, download } from '../history/csv';
import { inputOf, type Filter } from '../history/filter';
import { useSpanText, windowOf, type Span } from '../history/span';
import { useAnswer, useAsked } from '../live/answer';
import type { GraphBucket, GraphSeriesKind } from '../live/schema';
import { useStore } from '../live/store';
import { Panel } from '../shell/page';
import { Failed, Loading, Older } from '../shell/states';
import { regional, useFormat } from '../strings/format';
import classes from './chart-card.module.css';
import { ChartMenu } from './chart-menu';
import { bucketOf, columnsBefore, heights, isOfPeaks, isTooLong, NO_FIELDS, restDays, rowsBehind, seriesOf, type Chart, type TimeBucket } from './charts';
import { GraphDataDocument } from './graphs.generated';
import type { Drawn } from './option';
import { Plot } from './plot';
import { silent } from './preferences';
import { useOnScreen } from './on-screen';
import { savePicture } from './save-picture';

export type Look = { filter: Filter; span: Span; measure: 'PLAYS' | 'DURATION'; bucket: TimeBucket; today: string; before?: Span | undefined };

/** One graph, with the span before where it is compared: asked for and drawn only once it is on screen; its values can be read, saved and followed to the plays. */
export function ChartCard({ chart, look, top = 10, hint = false }: { chart: Chart; look: Look; top?: number; hint?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const spanText = useSpanText();
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  const scheme = useComputedColorScheme();
  const [box, seen] = useOnScreen();
  const [asTable, setAsTable] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  // What is looked at stays while the plays behind it are gone to, and ends with the first look elsewhere.
  const place = useMergedRef(box, useClickOutside<HTMLDivElement>(() => setAt(null), ['pointerdown']));
  const drawing = useRef<ECharts>(null);
  const hidden = useStore(silent, (kinds) => kinds);
  const before = chart.axis === 'names' ? undefined : look.before;
  const variables = useMemo(() => {
    const { filter, span, measure, today } = look;
    const bucket = bucketOf(chart.axis, look.bucket);
    return { ...NO_FIELDS, [chart.field]: true, bucket, top, measure, window: windowOf(span), filter: inputOf({ ...filter, days: undefined, from: undefined, to: undefined }, today) };
  }, [chart, top, look]);
  const tooLong = isTooLong(chart, look.filter, look.span, look.today, isAdmin);
  const { data, failure, asking, again } = useAnswer(GraphDataDocument, variables, !seen || tooLong);
  const graph = data?.graphs[chart.field];
  const past = useAnswer(GraphDataDocument, useMemo(() => ({ ...variables, window: windowOf(before ?? {}) }), [variables, before]), !seen || !before || tooLong);
  const pastGraph = before && !asking && !past.asking ? past.data?.graphs[chart.field] : undefined;
  // Until the answer comes the one before is shown, which has its own units, columns and plays behind it.
  const asked = useAsked(look, asking);
  const { filter, span, measure } = asked;
  const bucket = bucketOf(chart.axis, asked.bucket);
  const peaks = isOfPeaks(chart);
  const counts = measure === 'PLAYS' || peaks;
  const isRate = chart.field === 'bandwidth';
  const amount = useCallback((value: number) => (isRate ? format.rate(value) : counts ? format.number(value) : format.span(value)), [isRate, counts, format]);
  const all = useMemo(() => (graph ? seriesOf(graph) : []), [graph]);
  const drawn = useMemo((): Drawn[] => all.filter(({ kind }) => !hidden.includes(kind)).map(({ kind, values }) => ({ kind, values, name: kind })), [all, hidden]);
  const wordOf = useLabel(bucket, chart.axis);
  const labels = useMemo(() => graph?.categories.map((category) => wordOf(category, true)) ?? [], [graph, wordOf]);
  const rest = useMemo(() => restDays(graph?.categories ?? [], bucket), [graph, bucket]);
  const columns = useMemo(() => (graph && pastGraph ? columnsBefore(graph.categories.length, pastGraph.categories.length) : []), [graph, pastGraph]);
  const pastHeights = useMemo(() => (pastGraph ? heights(pastGraph, hidden) : []), [pastGraph, hidden]);
  const former = useMemo(() => (pastHeights.length > 0 ? columns.map((n) => (n === null ? null : (pastHeights[n] ?? null))) : []), [columns, pastHeights]);
  const shape = chart.axis === 'names' ? 'bars' : peaks ? 'steps' : 'columns';
  const title = t(`graphs.chart.${chart.name}`);
  const category = at === null ? undefined : graph?.categories[at];
  const behind = (from: number, to: number) => graph && rowsBehind(chart, bucket, graph.categories[from], graph.categories[to], { ...filter, ...span });
  const choose = chart.drill ? ({ from, to }: { from: number; to: number }) => {
    const rows = behind(from, to);
    if (rows) void navigate({ to: '/history', search: rows });
  } : undefined;
  const kindName = (kind: GraphSeriesKind) => t(`graphs.series.${kind}`);
  const textAt = (index: number) => {
    const one = graph?.categories[index];
    const said = one && [`${wordOf(one, false)}: ${drawn.map(({ kind, values }) => `${kindName(kind)} ${amount(values[index] ?? 0)}`).join(', ')}`, pastAt(index)];
    return said ? said.filter(Boolean).join('. ') : '';
  };
  /** What lay under a column in the span before, in words. */
  const pastAt = (index: number): string | null => {
    const value = former[index];
    const then = pastGraph?.categories[columns[index] ?? -1];
    return value === null || value === undefined || !then ? null : t('graphs.beforeOf', { when: wordOf(then, false), value: amount(value) });
  };
  const linkAt = at === null || !chart.drill ? null : behind(at, at);

  const saveCsv = () => {
    if (!graph) return;
    const figure = (value: number) => (counts ? value : Math.round(value / 1000));
    const cell = (one: Category) => one.date ?? wordOf(one, false);
    const head = [t(`graphs.axis.${chart.axis}`), ...all.map(({ kind }) => kindName(kind)), ...(former.length > 0 ? [t('graphs.beforeDay'), t('graphs.before')] : [])];
    const lines = graph.categories.map((one, n) => {
      const then = pastGraph?.categories[columns[n] ?? -1];
      const pastCells = former.length > 0 ? [then ? cell(then) : null, then ? figure(former[n] ?? 0) : null] : [];
      return csvLine([cell(one), ...all.map(({ values }) => figure(values[n] ?? 0)), ...pastCells]);
    });
    download(`${title}.csv`, ['\uFEFF', csvLine(head), ...lines], 'text/csv;charset=utf-8');
  };
  const savePng = () => {
    const sumOf = (kind: GraphSeriesKind) => ({ kind, text: `${kindName(kind)} ${valueOf(kind)}` });
    const dashed = former.length > 0 ? [{ kind: 'former' as const, text: `${t('graphs.before')} ${pastValue()}` }] : [];
    const notes = [spanText(span) ?? t('span.all'), dashed.length > 0 && before ? t('graphs.beforeHint', { span: spanText(before) }) : null].filter((note) => note !== null);
    const legend = [...drawn.map(({ kind }) => sumOf(kind)), ...dashed];
    savePicture(drawing.current, { title, notes, legend, shape });
  };

  const none = graph && (graph.categories.length === 0 || all.every(({ values }) => values.every((value) => value === 0)));
  return (
    <div
      ref={place}
      className={classes.place}
      data-wide={chart.drill === 'span' || undefined}
      onBlur={({ currentTarget, relatedTarget }) => relatedTarget && !currentTarget.contains(relatedTarget) && setAt(null)}
    >
      <Panel
        title={title}
        more={<ChartMenu title={title} asTable={asTable} onTable={() => setAsTable(!asTable)} saveCsv={graph && saveCsv} savePng={graph && !asTable && !none ? savePng : undefined} />}
      >
        {failure && graph && <Older code={failure} again={again} />}
        {tooLong ? (
          <p className={classes.none}>{t(chart.field === 'addresses' ? 'graphs.tooLongAddresses' : 'graphs.tooLong')}</p>
        ) : failure && !graph ? (
          <Failed code={failure} again={again} />
        ) : !graph ? (
          <div className={classes.waiting}>
            <Loading lines={6} />
          </div>
        ) : none ? (
          <p className={classes.none}>{t('graphs.none')}</p>
        ) : (
          <div data-asking={asking || undefined}>
            <Legend all={all.map(({ kind }) => kind)} hidden={hidden} valueOf={(kind) => valueOf(kind)} nameOf={kindName}>
              {former.length > 0 && before && (
                <span className={classes.former} title={spanText(before) ?? undefined}>
                  <i aria-hidden />
                  {t('graphs.before')} <b className="numbers">{pastValue()}</b>
                </span>
              )}
            </Legend>
            <p className={`${classes.read} numbers`}>
              {category ? <b>{wordOf(category, false)}</b> : former.length > 0 && before ? <span>{t('graphs.beforeHint', { span: spanText(before) })}</span> : chart.field === 'addresses' ? <span>{t('graphs.hintMost')}</span> : hint && <span>{t(chart.drill === 'span' ? 'graphs.hintRange' : chart.drill ? 'graphs.hintOne' : 'graphs.hintLook')}</span>}
              {at !== null && pastAt(at) && <span>{pastAt(at)}</span>}
              {category && linkAt && (
                <Link to="/history" search={linkAt}>
                  {t('graphs.showPlays')}
                </Link>
              )}
            </p>
            {asTable ? (
              <Table />
            ) : (
              <Plot
                label={title}
                series={drawn}
                labels={labels}
                shape={shape}
                amount={amount}
                timed={!counts}
                rest={rest}
                former={former}
                at={at}
                onAt={setAt}
                textAt={textAt}
                onChoose={choose}
                ranged={chart.drill === 'span'}
                scheme={scheme}
                chartRef={drawing}
              />
            )}
          </div>
        )}
      </Panel>
    </div>
  );

  /** The value of the column that is looked at, or the sum of all. */
  function valueOf(kind: GraphSeriesKind): string {
    const values = all.find((one) => one.kind === kind)?.values ?? [];
    if (at !== null) return amount(values[at] ?? 0);
    return amount(peaks ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0));
  }

  /** The same of the span before. */
  function pastValue(): string {
    if (at !== null) return former[at] === null || former[at] === undefined ? '–' : amount(former[at]);
    return amount(peaks ? Math.max(0, ...pastHeights) : pastHeights.reduce((sum, value) => sum + value, 0));
  }

  function Table() {
    return (
      <div className={classes.scroll} role="region" aria-label={t('graphs.table', { name: title })} tabIndex={0}>
        <table className={`${classes.table} numbers`}>
          <thead>
            <tr>
              <th scope="col">{t(`graphs.axis.${chart.axis}`)}</th>
              {all.map(({ kind }) => (
                <th key={kind} scope="col">
                  {kindName(kind)}
                </th>
              ))}
              {former.length > 0 && <th scope="col">{t('graphs.before')}</th>}
            </tr>
          </thead>
          <tbody>
            {graph?.categories.map((one, n) => {
              const rows = behind(n, n);
              return (
                <tr key={one.label}>
                  <th scope="row">{rows ? <Link to="/history" search={rows}>{wordOf(one, false)}</Link> : wordOf(one, false)}</th>
                  {all.map(({ kind, values }) => (
                    <td key={kind}>{amount(values[n] ?? 0)}</td>
                  ))}
                  {former.length > 0 && <td title={pastAt(n) ?? undefined}>{former[n] === null || former[n] === undefined ? '–' : amount(former[n])}</td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    );
  }
}

type LegendProps = { all: readonly GraphSeriesKind[]; hidden: readonly GraphSeriesKind[]; valueOf: (kind: GraphSeriesKind) => string; nameOf: (kind: GraphSeriesKind) => string; children: ReactNode };

/** What the colours mean, each with its value; each can be switched off, everywhere at once. */
function Legend({ all, hidden, valueOf, nameOf, children }: LegendProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.legend} role="group" aria-label={t('graphs.legend')}>
      {all.map((kind) => (
        <button
          key={kind}
          type="button"
          data-kind={kind}
          aria-pressed={!hidden.includes(kind)}
          onClick={() => silent.set((now) => (now.includes(kind) ? now.filter((one) => one !== kind) : [...now, kind]))}
        >
          <i aria-hidden />
          {nameOf(kind)} <b className="numbers">{valueOf(kind)}</b>
        </button>
      ))}
      {children}
    </div>
  );
}

type Category = { label: string; date?: string | null | undefined; user?: { friendlyName: string } | null | undefined };

/** A column in words, short for the axis. */
export function useLabel(bucket: GraphBucket, axis: Chart['axis']): (category: Category, short: boolean) => string {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(regional(i18n.language, navigator.languages), { timeZone: 'UTC', ...options });
    const [day, dayLong, month, weekday, weekdayShort] = [of({ day: 'numeric', month: 'short' }), of({ dateStyle: 'full' }), of({ month: 'short', year: 'numeric' }), of({ weekday: 'long' }), of({ weekday: 'short' })];
    return ({ label, date, user }, short) => {
      if (date) {
        const at = new Date(`${date}T00:00:00Z`);
        if (bucket === 'MONTH') return month.format(at);
        if (bucket === 'WEEK' && !short) return t('graphs.weekOf', { day: day.format(at) });
        return (short ? day : dayLong).format(at);
      }
      // The first of January 2024 was a Monday.
      if (axis === 'weekday') return (short ? weekdayShort : weekday).format(new Date(Date.UTC(2024, 0, Number(label))));
      if (axis === 'hour') return short ? label : t('graphs.hours', { from: label, to: String((Number(label) + 1) % 24) });
      return user?.friendlyName ?? (label || t('home.noPlatform'));
    };
  }, [bucket, axis, t, i18n.language]);
}
