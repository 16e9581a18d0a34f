import { useComputedColorScheme } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ECharts } from 'echarts/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from '../account/calendar';
import charts from '../graphs/chart-card.module.css';
import { useLabel } from '../graphs/chart-card';
import { bucketFor, chartNamed, NO_FIELDS, restDays, rowsBehind } from '../graphs/charts';
import { GraphDataDocument, type GraphFragment } from '../graphs/graphs.generated';
import { useOnScreen } from '../graphs/on-screen';
import { Plot } from '../graphs/plot';
import type { Filter } from '../history/filter';
import { spanOf, useSpanText, windowOf, type Span } from '../history/span';
import { useAnswer } from '../live/answer';
import { Panel } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { Failed, Loading, Older } from '../shell/states';
import { useFormat } from '../strings/format';
import { folded } from './sharing';
import classes from './sharing.module.css';

const SPANS = { quarter: spanOf('quarter'), year: spanOf('year'), all: {} } as const;
type SpanName = keyof typeof SPANS;

const NOTHING_BEFORE: readonly number[] = [];
const LINES = ['streams', 'addresses'] as const;

const totalOf = (graph: GraphFragment | undefined): readonly number[] => graph?.series.find(({ kind }) => kind === 'TOTAL')?.values ?? [];

/** Whether an account is shared: how many streams of a user ran at once, and from how many addresses they came. */
export function Sharing({ id }: { id: string }) {
  const { t } = useTranslation();
  const [box, seen] = useOnScreen();
  const [name, setName] = useState<SpanName>('quarter');
  return (
    <div ref={box} className={`${charts.place} ${classes.place}`}>
      <Panel
        title={t('people.sharing.heading')}
        className={classes.panel}
        more={<Segmented label={t('people.sharing.span')} value={name} options={(Object.keys(SPANS) as SpanName[]).map((value) => ({ value, text: t(`span.${value}`) }))} onChange={setName} />}
      >
        {/* Each span anew: what was said of another one would be wrong of this. */}
        <During key={name} id={id} span={SPANS[name]} seen={seen} />
      </Panel>
    </div>
  );
}

function During({ id, span, seen }: { id: string; span: Span; seen: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const spanText = useSpanText();
  const navigate = useNavigate();
  const scheme = useComputedColorScheme();
  const [at, setAt] = useState<number | null>(null);
  const drawings = { streams: useRef<ECharts>(null), addresses: useRef<ECharts>(null) };
  const bucket = bucketFor(span, dayOf());
  const variables = useMemo(
    () => ({ ...NO_FIELDS, concurrency: true, addresses: true, bucket, top: 10, measure: 'PLAYS' as const, window: windowOf(span), filter: { userIds: [id] } }),
    [bucket, span, id],
  );
  const { data, failure, asking, again } = useAnswer(GraphDataDocument, variables, !seen);
  const known = data?.graphs;
  const columns = useMemo(() => known?.addresses?.categories ?? [], [known]);
  const values = useMemo(() => {
    const begins = columns.map(({ date }) => date);
    const days = known?.concurrency?.categories.map(({ date }) => date) ?? [];
    return { streams: folded(days, totalOf(known?.concurrency), begins), addresses: [...totalOf(known?.addresses)] };
  }, [known, columns]);
  const drawn = useMemo(() => ({ streams: [{ kind: 'TOTAL' as const, name: 'streams', values: values.streams }], addresses: [{ kind: 'TOTAL' as const, name: 'addresses', values: values.addresses }] }), [values]);
  const wordOf = useLabel(bucket, 'time');
  const labels = useMemo(() => columns.map((column) => wordOf(column, true)), [columns, wordOf]);
  const rest = useMemo(() => restDays(columns, bucket), [columns, bucket]);
  const said = {
    streams: (count: number) => t('people.streams', { count, number: format.number(count) }),
    addresses: (count: number) => t('people.sharing.addressCount', { count, number: format.number(count) }),
  };
  const most = { streams: Math.max(0, ...values.streams), addresses: Math.max(0, ...values.addresses) };
  const period = spanText(span) ?? t('span.all');
  const behind = (from: number, to: number): Filter | null => rowsBehind(chartNamed('addresses'), bucket, columns[from], columns[to], { user: [id] });
  const choose = ({ from, to }: { from: number; to: number }) => {
    const rows = behind(from, to);
    if (rows) void navigate({ to: '/history', search: rows });
  };
  const column = at === null ? undefined : columns[at];
  const rows = at === null ? null : behind(at, at);
  const valuesAt = (index: number) => LINES.map((line) => said[line](values[line][index] ?? 0)).join(', ');
  return (
    <>
      {failure && known && <Older code={failure} again={again} />}
      {failure && !known ? (
        <Failed code={failure} again={again} />
      ) : !known ? (
        <div className={classes.waiting}>
          <Loading lines={4} />
        </div>
      ) : most.streams === 0 ? (
        <p className={charts.none}>{t('people.sharing.none')}</p>
      ) : (
        <div data-asking={asking || undefined}>
          <p className={`${classes.sum} numbers`}>
            {most.addresses === 0
              ? t('people.sharing.unknown', { span: period, streams: said.streams(most.streams) })
              : t(`people.sharing.most.${bucket}`, { span: period, streams: said.streams(most.streams), addresses: said.addresses(most.addresses) })}
          </p>
          <p className={`${charts.read} numbers`}>
            {column && at !== null ? (
              <>
                <b>{wordOf(column, false)}</b>
                <span>{valuesAt(at)}</span>
                {rows && (
                  <Link to="/history" search={rows}>
                    {t('graphs.showPlays')}
                  </Link>
                )}
              </>
            ) : (
              <Link to="." search={{ tab: 'addresses' } as never}>
                {t('people.whence')}
              </Link>
            )}
          </p>
          <div className={classes.plots}>
            {LINES.map((line) => (
              <div key={line}>
                <h3>{t(`people.sharing.${line}`)}</h3>
                <Plot
                  label={t(`people.sharing.${line}`)}
                  series={drawn[line]}
                  labels={labels}
                  shape="steps"
                  amount={format.number}
                  timed={false}
                  rest={rest}
                  former={NOTHING_BEFORE}
                  at={at}
                  onAt={setAt}
                  textAt={(index) => {
                    const one = columns[index];
                    return one ? `${wordOf(one, false)}: ${said[line](values[line][index] ?? 0)}` : '';
                  }}
                  onChoose={choose}
                  ranged
                  low
                  scheme={scheme}
                  chartRef={drawings[line]}
                />
              </div>
            ))}
          </div>
        </div>
      )}
    </>
  );
}
