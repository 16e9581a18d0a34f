import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { FilterBar } from '../history/filter-bar';
import { dayOf } from '../account/calendar';
import { readFilter, type Filter } from '../history/filter';
import { spanBefore, type Span } from '../history/span';
import { PageHead } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { ChartCard, type Look } from './chart-card';
import { bucketFor, BUCKETS, chartsFor } from './charts';
import classes from './page.module.css';

/** What can be done is said once for each kind of graph; below eleven of them it would be noise. */
const HINTED: ReadonlySet<string> = new Set(['plays', 'users']);

/** Where the filters are a sheet too. */
const NARROW = '(width < 768px)';

/** Everything that is counted, drawn. A stretch that is chosen in a graph opens the history filtered to it. */
export function GraphsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/home/graphs' });
  const navigate = useNavigate({ from: '/graphs' });
  const today = dayOf();
  const isAdmin = useIsAdmin();
  const narrow = useMediaQuery(NARROW, matchMedia(NARROW).matches) ?? false;
  const filter = useMemo((): Filter => {
    const read = readFilter(search);
    return read.days || read.from || read.to || search.all ? read : { ...read, days: '30' };
  }, [search]);
  const measure = search.measure === 'time' ? 'DURATION' : 'PLAYS';
  const look = useMemo((): Look => {
    const span: Span = { days: filter.days, from: filter.from, to: filter.to };
    const bucket = BUCKETS.find((name) => name.toLowerCase() === search.by) ?? bucketFor(span, today);
    const before = spanBefore(span, today);
    return { filter, span, measure, bucket, today, before: search.compare && before ? before : undefined };
  }, [filter, measure, search.by, search.compare, today]);
  const change = (next: Filter) => {
    const spanned = next.days || next.from || next.to;
    void navigate({ search: ({ measure: kept, by, compare }) => ({ ...next, measure: kept, by, compare, all: spanned ? undefined : ('1' as const) }), replace: true, resetScroll: false });
  };
  const tools = (
    <>
      <Segmented
        label={t('graphs.bucket')}
        value={look.bucket}
        options={BUCKETS.map((value) => ({ value, text: t(`graphs.buckets.${value}`) }))}
        onChange={(bucket) => void navigate({ search: (now) => ({ ...now, by: bucket.toLowerCase() }), replace: true, resetScroll: false })}
      />
      <Segmented
        label={t('home.measure')}
        value={measure}
        options={[
          { value: 'PLAYS', text: t('home.byPlays') },
          { value: 'DURATION', text: t('home.byTime') },
        ]}
        onChange={(value) => void navigate({ search: (now) => ({ ...now, measure: value === 'DURATION' ? ('time' as const) : undefined }), replace: true, resetScroll: false })}
      />
    </>
  );
  const compare = spanBefore(look.span, today) && (
    <Button
      variant={search.compare ? 'light' : 'subtle'}
      size="sm"
      radius="xl"
      aria-pressed={!!search.compare}
      leftSection={<IconArrowsDiff size={18} stroke={1.7} aria-hidden />}
      onClick={() => void navigate({ search: (now) => ({ ...now, compare: now.compare ? undefined : ('1' as const) }), replace: true, resetScroll: false })}
    >
      {t('graphs.compare')}
    </Button>
  );
  // On a phone everything that can be chosen would push the first graph off the screen.
  const view = narrow ? { title: t('graphs.view'), close: t('graphs.viewClose'), tools: <>{tools}{compare}</> } : undefined;
  return (
    <>
      <PageHead title={t('nav.graphs')}>
        {!narrow && (
          <>
            {compare}
            {tools}
          </>
        )}
      </PageHead>
      <div className={classes.filters}>
        <FilterBar filter={filter} onChange={change} withText={false} view={view} />
      </div>
      <div className={classes.grid}>
        {chartsFor(isAdmin).map((chart) => (
          <ChartCard key={chart.name} chart={chart} look={look} hint={HINTED.has(chart.name)} />
        ))}
      </div>
    </>
  );
}
