import { useComputedColorScheme } from '@mantine/core';
import type { ECharts } from 'echarts/core';
import { useCallback, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import charts from '../graphs/chart-card.module.css';
import { useLabel } from '../graphs/chart-card';
import { ChartMenu } from '../graphs/chart-menu';
import { useOnScreen } from '../graphs/on-screen';
import type { Drawn } from '../graphs/option';
import { Plot } from '../graphs/plot';
import { savePicture } from '../graphs/save-picture';
import { csvLine, download } from '../history/csv';
import { useAnswer } from '../live/answer';
import type { GraphSeriesKind, MediaKind } from '../live/schema';
import { Panel } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { Failed, Loading, Older } from '../shell/states';
import { useFormat } from '../strings/format';
import { asOf, changesOf, linesOf, pointsOf, type Change, type Held, type Point } from './growth';
import classes from './growth.module.css';
import { LibraryGrowthDocument } from './libraries.generated';

/** What is counted in libraries of a kind, and its colour. */
const LEAVES = {
  MOVIE: { level: 'movies', tone: 'MOVIES' },
  SHOW: { level: 'episodes', tone: 'SHOWS' },
  ARTIST: { level: 'tracks', tone: 'MUSIC' },
} as const satisfies Partial<Record<MediaKind, { level: string; tone: GraphSeriesKind }>>;
type Kind = keyof typeof LEAVES;

const SPANS = { quarter: 90, year: 365, all: undefined } as const;
type SpanName = keyof typeof SPANS;

const NOTHING_RESTS: readonly boolean[] = [];
const NOTHING_BEFORE: readonly number[] = [];

/** The kind, where libraries of it are measured. */
export function measuredKind(kind: MediaKind): Kind | null {
  return kind in LEAVES ? (kind as Kind) : null;
}

/** How a library grew: what it holds now, since when it holds how much more, and the way there. */
export function Growth({ id, kind }: { id: string; kind: Kind }) {
  const { t } = useTranslation();
  const [box, seen] = useOnScreen();
  const [asTable, setAsTable] = useState(false);
  const { data, failure, again } = useAnswer(LibraryGrowthDocument, useMemo(() => ({ id }), [id]), !seen);
  const growth: readonly Held[] | undefined = data?.node && 'growth' in data.node ? data.node.growth : undefined;
  const title = t('graphs.growth.heading');
  const drawing = useRef<ECharts>(null);
  const [span, setSpan] = useState<SpanName>('all');
  const known = growth?.some(({ items, size }) => items > 0 || size > 0) ? growth : null;
  const saveCsv = () => {
    const head = [t('graphs.growth.day'), t('content.size'), t(`graphs.growth.items.${kind}`), t('graphs.growth.kind')];
    const lines = (known ?? []).map((held) => csvLine([asOf(held), held.size, held.items, t(held.isReckoned ? 'graphs.growth.reckoned' : 'graphs.growth.measured')]));
    download(`${title}.csv`, ['\uFEFF', csvLine(head), ...lines], 'text/csv;charset=utf-8');
  };
  const savePng = () => {
    const { tone } = LEAVES[kind];
    const legend = [false, true].filter((isReckoned) => known?.some((held) => held.isReckoned === isReckoned));
    savePicture(drawing.current, {
      title,
      notes: [t(`span.${span}`)],
      legend: legend.map((isReckoned) => ({ kind: tone, dashed: isReckoned, text: t(isReckoned ? 'graphs.growth.reckoned' : 'graphs.growth.measured') })),
      shape: 'level',
    });
  };
  return (
    <div ref={box} className={charts.place} data-wide>
      <Panel title={title} more={known && <ChartMenu title={title} asTable={asTable} onTable={() => setAsTable(!asTable)} saveCsv={saveCsv} savePng={asTable ? undefined : savePng} />}>
        {failure && growth && <Older code={failure} again={again} />}
        {failure && !growth ? (
          <Failed code={failure} again={again} />
        ) : !growth ? (
          <div className={charts.waiting}>
            <Loading lines={6} />
          </div>
        ) : !known ? (
          <p className={charts.none}>{t(growth.length === 0 ? 'graphs.growth.waiting' : 'graphs.growth.empty')}</p>
        ) : (
          <Known growth={known} kind={kind} asTable={asTable} span={span} onSpan={setSpan} drawing={drawing} />
        )}
      </Panel>
    </div>
  );
}

type KnownProps = { growth: readonly Held[]; kind: Kind; asTable: boolean; span: SpanName; onSpan: (span: SpanName) => void; drawing: RefObject<ECharts | null> };

function Known({ growth, kind, asTable, span, onSpan, drawing }: KnownProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const scheme = useComputedColorScheme();
  const [what, setWhat] = useState<'size' | 'items'>('size');
  const [at, setAt] = useState<number | null>(null);
  const { level, tone } = LEAVES[kind];
  const amount = useCallback((value: number) => (what === 'size' ? format.size(value) : format.number(value)), [what, format]);
  const { points, bucket } = useMemo(() => pointsOf(growth, SPANS[span]), [growth, span]);
  const drawn = useMemo((): Drawn[] => {
    const { reckoned, measured } = linesOf(points, (held) => held[what]);
    return [
      { kind: tone, name: 'reckoned', values: reckoned, dashed: true },
      { kind: tone, name: 'measured', values: measured },
    ];
  }, [points, what, tone]);
  // What is looked at is a day, also where only every seventh is.
  const wordOf = useLabel(bucket === 'MONTH' ? 'MONTH' : 'DAY', 'time');
  const word = useCallback(({ day }: Point, short: boolean) => wordOf({ label: day, date: day }, short), [wordOf]);
  const labels = useMemo(() => points.map((point) => word(point, true)), [points, word]);
  const counted = (count: number) => t(`libraries.holds.${level}`, { count, number: format.number(count) });
  const last = growth.at(-1);
  const first = growth.find(({ isReckoned }) => !isReckoned);
  const point = at === null ? undefined : points[at];
  const saidOf = ({ held }: Point) => [format.size(held.size), counted(held.items), held.isReckoned && t('graphs.growth.reckoned')].filter(Boolean).join(', ');
  const changed = ({ items, size }: Change) => {
    const signed = (value: number, text: string) => value !== 0 && `${value > 0 ? '+' : '−'}${text}`;
    const parts = [signed(size, format.size(Math.abs(size))), signed(items, counted(Math.abs(items)))].filter(Boolean);
    return parts.length > 0 ? parts.join(', ') : t('graphs.growth.same');
  };
  const choose = (next: SpanName) => {
    onSpan(next);
    setAt(null);
  };
  return (
    <>
      <p className={`${classes.sum} numbers`}>
        {last && <b>{t('graphs.growth.now', { items: counted(last.items), size: format.size(last.size) })}</b>}
        {changesOf(growth, [30, 365]).map((change) => (
          <span key={change.day}> {t('graphs.growth.since', { day: format.day(change.day), change: changed(change) })}</span>
        ))}
      </p>
      <div className={classes.choices}>
        <Segmented
          label={t('graphs.growth.what')}
          value={what}
          options={[
            { value: 'size', text: t('content.size') },
            { value: 'items', text: t(`graphs.growth.items.${kind}`) },
          ]}
          onChange={setWhat}
        />
        <Segmented label={t('graphs.growth.span')} value={span} options={(Object.keys(SPANS) as SpanName[]).map((value) => ({ value, text: t(`span.${value}`) }))} onChange={choose} />
      </div>
      {asTable ? (
        <Table points={points} kind={kind} word={word} />
      ) : (
        <>
          <p className={`${charts.read} numbers`}>
            {point && (
              <>
                <b>{word(point, false)}</b>
                <span>{saidOf(point)}</span>
              </>
            )}
          </p>
          <Plot
            label={t('graphs.growth.heading')}
            series={drawn}
            labels={labels}
            shape="level"
            amount={amount}
            timed={false}
            rest={NOTHING_RESTS}
            former={NOTHING_BEFORE}
            at={at}
            onAt={setAt}
            textAt={(index) => {
              const one = points[index];
              return one ? `${word(one, false)}: ${saidOf(one)}` : '';
            }}
            ranged={false}
            scheme={scheme}
            chartRef={drawing}
          />
        </>
      )}
      {growth[0]?.isReckoned && first && <p className={classes.note}>{t('graphs.growth.note', { day: format.day(first.day) })}</p>}
    </>
  );
}

function Table({ points, kind, word }: { points: readonly Point[]; kind: Kind; word: (point: Point, short: boolean) => string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={charts.scroll} role="region" aria-label={t('graphs.table', { name: t('graphs.growth.heading') })} tabIndex={0}>
      <table className={`${charts.table} numbers`}>
        <thead>
          <tr>
            <th scope="col">{t('graphs.growth.day')}</th>
            <th scope="col">{t('content.size')}</th>
            <th scope="col">{t(`graphs.growth.items.${kind}`)}</th>
            <th scope="col">{t('graphs.growth.kind')}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.day}>
              <th scope="row">{word(point, false)}</th>
              <td>{format.size(point.held.size)}</td>
              <td>{format.number(point.held.items)}</td>
              <td>{t(point.held.isReckoned ? 'graphs.growth.reckoned' : 'graphs.growth.measured')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
