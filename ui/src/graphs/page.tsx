import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterBar } from '../history/filter-bar';
import { readFilter, todayHere, type Filter } from '../history/filter';
import type { Span } from '../history/span';
import { PageHead } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { ChartCard, type Look } from './chart-card';
import { bucketFor, BUCKETS, CHARTS } from './charts';
import classes from './page.module.css';

/** What can be done is said once for each kind of graph; below eleven of them it would be noise. */
const HINTED: ReadonlySet<string> = new Set(['plays', 'users']);

/** Everything that is counted, drawn. A stretch that is chosen in a graph opens the history filtered to it. */
export function GraphsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/home/graphs' });
  const navigate = useNavigate({ from: '/graphs' });
  const today = todayHere();
  const filter = useMemo((): Filter => {
    const read = readFilter(search);
    return read.days || read.from || read.to || search.all ? read : { ...read, days: '30' };
  }, [search]);
  const measure = search.measure === 'time' ? 'DURATION' : 'PLAYS';
  const look = useMemo((): Look => {
    const span: Span = { days: filter.days, from: filter.from, to: filter.to };
    const bucket = BUCKETS.find((name) => name.toLowerCase() === search.by) ?? bucketFor(span, today);
    return { filter, span, measure, bucket, today };
  }, [filter, measure, search.by, today]);
  const change = (next: Filter) => {
    const spanned = next.days || next.from || next.to;
    void navigate({ search: ({ measure: kept, by }) => ({ ...next, measure: kept, by, all: spanned ? undefined : ('1' as const) }), replace: true, resetScroll: false });
  };
  return (
    <>
      <PageHead title={t('nav.graphs')}>
        <Segmented
          label={t('graphs.bucket')}
          value={look.bucket}
          options={BUCKETS.map((value) => ({ value, text: t(`graphs.buckets.${value}`) }))}
          onChange={(bucket) => void navigate({ search: (now) => ({ ...now, by: bucket.toLowerCase() }), replace: true, resetScroll: false })}
        />
        <Segmented
          label={t('graphs.measure')}
          value={measure}
          options={[
            { value: 'PLAYS', text: t('graphs.plays') },
            { value: 'DURATION', text: t('graphs.time') },
          ]}
          onChange={(value) => void navigate({ search: (now) => ({ ...now, measure: value === 'DURATION' ? ('time' as const) : undefined }), replace: true, resetScroll: false })}
        />
      </PageHead>
      <div className={classes.filters}>
        <FilterBar filter={filter} onChange={change} withText={false} />
      </div>
      <div className={classes.grid}>
        {CHARTS.map((chart) => (
          <ChartCard key={chart.name} chart={chart} look={look} hint={HINTED.has(chart.name)} />
        ))}
      </div>
    </>
  );
}
