import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconRefresh } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { useAnswer } from '../live/answer';
import type { HistoryOrder } from '../live/schema';
import { useStore } from '../live/store';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { PageHead } from '../shell/page';
import { useFormat } from '../strings/format';
import { orderNamed } from './columns';
import { NONE_SEEN, type Seen } from './facets';
import { FilterBar } from './filter-bar';
import { dayOf } from '../account/calendar';
import { inputOf, readFilter, weigh, type Filter } from './filter';
import { HistoryTotalsDocument } from './history.generated';
import { Marked } from './marked';
import classes from './page.module.css';
import { preferences } from './preferences';
import type { Question, Row, Rows } from './rows';
import { Running } from './running';
import { heightOf, Table } from './table';
import { Tools } from './tools';
import { Totals } from './totals';
import { useArrivals, useRows } from './use-rows';

const PlayDrawer = lazy(() => import('./play').then((module) => ({ default: module.PlayDrawer })));

export function HistoryPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const search = useSearch({ from: '/home/history' });
  const navigate = useNavigate({ from: '/history' });
  const isAdmin = useIsAdmin();
  const look = useStore(preferences, (value) => value);
  const narrow = useMediaQuery('(width < 900px)', matchMedia('(width < 900px)').matches) ?? false;
  const [marked, setMarked] = useState<ReadonlyMap<number, Row> | null>(null);

  const filter = useMemo(() => readFilter(search), [search]);
  const grouped = search.single !== '1';
  const descending = search.up !== '1';
  const orderBy = orderNamed(search.order);
  const today = dayOf();
  const input = useMemo(() => inputOf(filter, today), [filter, today]);
  const question = useMemo((): Question => ({ filter: input, grouped, orderBy, descending }), [input, grouped, orderBy, descending]);
  const { rows, stale, opened, toggle, reload } = useRows(question, isAdmin);
  const totals = useAnswer(HistoryTotalsDocument, useMemo(() => ({ filter: input, grouped }), [input, grouped]));
  const arrived = useArrivals(rows, reload);
  const seen = useSeen(rows);

  const refresh = () => {
    reload();
    totals.again();
  };
  // At the top of the newest first, what comes is shown at once; further down it would push away what is read.
  const atTop = orderBy === 'DATE' && descending;
  useEffect(() => {
    if (arrived === 0 || !atTop || window.scrollY > 200 || marked || opened.size > 0) return;
    reload();
    totals.again();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only arrivals are a reason
  }, [arrived]);

  const change = (next: Filter) => {
    setMarked((now) => now && new Map());
    void navigate({ search: ({ order, up, single }) => ({ ...next, order, up, single }), replace: true });
  };
  const onOrder = (order: HistoryOrder, down: boolean) =>
    void navigate({ search: (now) => ({ ...now, order: order === 'DATE' ? undefined : order.toLowerCase(), up: down ? undefined : '1' }), replace: true });
  const onLook = (row: Row) => row.play && void navigate({ search: (now) => ({ ...now, play: row.play?.id }), resetScroll: false });
  const onMark = (row: Row) =>
    setMarked((now) => {
      const next = new Map(now ?? []);
      if (!next.delete(row.groupRowId)) next.set(row.groupRowId, row);
      return next;
    });

  const { least, exact } = rows.known;
  const count = exact ? least : Math.max(least + (rows.ready ? 1 : 0), totals.data?.lines.totalCount ?? 0);
  const empty = rows.ready && exact && least === 0;
  const first = rows.at(0);
  const item = filter.item ? first?.play?.item.fullTitle : (first?.play?.item.grandparentTitle ?? first?.play?.item.parentTitle);
  return (
    <>
      <PageHead title={t('nav.history')}>
        <Tools
          question={question}
          filter={filter}
          count={count}
          grouped={grouped}
          onGrouped={(on) => void navigate({ search: (now) => ({ ...now, single: on ? undefined : '1' }), replace: true })}
          narrow={narrow}
          onOrder={onOrder}
          marking={!!marked}
          onMarking={isAdmin ? (on) => setMarked(on ? new Map() : null) : undefined}
          onDone={refresh}
        />
      </PageHead>
      <div className={classes.filters}>
        <FilterBar filter={filter} onChange={change} seen={seen} item={item ?? null} />
      </div>
      <Totals answer={totals} grouped={grouped} filtered={weigh(filter) > 0} />
      {arrived > 0 && (
        <div className={classes.arrived} role="status">
          <Button size="compact-md" radius="xl" leftSection={<IconRefresh size={15} aria-hidden />} onClick={refresh}>
            {t('history.arrived', { count: arrived, number: format.number(arrived) })}
          </Button>
        </div>
      )}
      <Running input={input} shown={!search.order && descending} />
      {rows.failure && !rows.ready ? (
        <Failed code={rows.failure} again={reload} />
      ) : !rows.ready ? (
        <Loading lines={9} />
      ) : empty ? (
        <Empty filtered={weigh(filter) > 0} onClear={() => change({})} isAdmin={isAdmin} />
      ) : (
        <div data-asking={stale || undefined} style={{ '--row': `${heightOf(look, narrow)}px` }}>
          {rows.failure && (
            <Older
              code={rows.failure}
              again={() => {
                rows.retry();
                rows.need(0, 1);
              }}
            />
          )}
          <Table
            rows={rows}
            total={count}
            look={look}
            narrow={narrow}
            orderBy={orderBy}
            descending={descending}
            onOrder={onOrder}
            opened={opened}
            onToggleOpen={toggle}
            marked={marked}
            onMark={onMark}
            onLook={onLook}
          />
        </div>
      )}
      {marked && <Marked marked={marked} onClear={() => setMarked(new Map())} onClose={() => setMarked(null)} onDone={refresh} />}
      {search.play && (
        <Suspense fallback={null}>
          <PlayDrawer
            key={search.play}
            id={search.play}
            onClose={() => void navigate({ search: (now) => ({ ...now, play: undefined }), resetScroll: false })}
            onGo={(id) => void navigate({ search: (now) => ({ ...now, play: id }), resetScroll: false })}
            onDeleted={refresh}
          />
        </Suspense>
      )}
    </>
  );
}

function Empty({ filtered, onClear, isAdmin }: { filtered: boolean; onClear: () => void; isAdmin: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (filtered) {
    return (
      <Nothing title={t('history.noMatch')} text={t('history.noMatchText')}>
        <Button variant="default" onClick={onClear}>
          {t('facet.clear')}
        </Button>
      </Nothing>
    );
  }
  return (
    <Nothing title={t('history.empty')} text={t(isAdmin ? 'history.emptyText' : 'history.emptyGuest')}>
      {isAdmin && (
        <Button variant="default" onClick={() => void navigate({ to: '/import' })}>
          {t('history.emptyImport')}
        </Button>
      )}
    </Nothing>
  );
}

/** What the lines that have come say, for the lists of the filter. */
function useSeen(rows: Rows): Seen {
  const stamp = rows.stamp();
  return useMemo(() => {
    if (stamp === 0) return NONE_SEEN;
    const seen: Seen = { players: new Set(), products: new Set(), addresses: new Set() };
    for (const { play } of rows.loaded()) {
      if (play?.player.title) seen.players.add(play.player.title);
      if (play?.player.product) seen.products.add(play.player.product);
      if (play?.player.address) seen.addresses.add(play.player.address);
    }
    return seen;
  }, [rows, stamp]);
}
