import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { useAnswer } from '../live/answer';
import { HeadCell } from '../people/head-cell';
import { LastPlay } from '../people/page';
import { Refresh } from '../people/refresh';
import { sorted, type Sort } from '../people/sorted';
import classes from '../people/table.module.css';
import { PageHead } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { useFormat } from '../strings/format';
import { LibraryIcon, useHoldings } from './holdings';
import { LibrariesPageDocument, RefreshLibrariesDocument, type LibrariesPageQuery } from './libraries.generated';

type Row = { library: LibrariesPageQuery['libraries'][number]; counted: LibrariesPageQuery['statistics']['libraries'][number] | undefined };
type Key = 'name' | 'last' | 'plays' | 'played';

const valueOf = ({ library, counted }: Row, key: Key) => {
  switch (key) {
    case 'name':
      return library.name;
    case 'last':
      return counted?.lastPlayedAt ?? null;
    case 'plays':
      return counted?.plays ?? null;
    case 'played':
      return counted?.played ?? null;
  }
};

/** The libraries of all servers: what they hold and how much they are used. */
export function LibrariesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const holdings = useHoldings();
  const servers = useServers();
  const { data, failure, again } = useAnswer(LibrariesPageDocument, {});
  const [shown, setShown] = useState<'active' | 'all'>('active');
  const [sort, setSort] = useState<Sort<Key>>({ by: 'plays', down: true });
  const rows = useMemo(() => {
    const counted = new Map((data?.statistics.libraries ?? []).flatMap((row) => (row.library ? [[row.library.id, row] as const] : [])));
    return (data?.libraries ?? []).filter(({ deleted }) => !deleted).map((library): Row => ({ library, counted: counted.get(library.id) }));
  }, [data]);
  const list = sorted(shown === 'all' ? rows : rows.filter(({ library }) => library.isActive), sort, valueOf);
  const head = { sort, onSort: setSort };
  return (
    <>
      <PageHead title={t('nav.libraries')}>
        {rows.some(({ library }) => !library.isActive) && (
          <Segmented
            label={t('people.shown')}
            value={shown}
            options={[
              { value: 'active', text: t('libraries.onServer') },
              { value: 'all', text: t('people.all') },
            ]}
            onChange={setShown}
          />
        )}
        <Refresh document={RefreshLibrariesDocument} told={({ refreshLibraries }) => refreshLibraries} onDone={again} />
      </PageHead>
      {failure && data && <Older code={failure} again={again} />}
      {failure && !data ? (
        <Failed code={failure} again={again} />
      ) : !data ? (
        <Loading lines={6} />
      ) : list.length === 0 ? (
        <Nothing title={t('libraries.none')} text={t('libraries.noneText')} />
      ) : (
        <table className={classes.table}>
          <caption className="unseen">{t('nav.libraries')}</caption>
          <thead>
            <tr>
              <HeadCell name="name" text={t('facet.library')} first="up" {...head} />
              <HeadCell name="last" text={t('people.last')} {...head} />
              <th scope="col">{t('people.lastTitle')}</th>
              <th scope="col">{t('people.lastPlayer')}</th>
              <HeadCell name="plays" text={t('graphs.plays')} number={classes.number} {...head} />
              <HeadCell name="played" text={t('history.column.played')} number={classes.number} {...head} />
            </tr>
          </thead>
          <tbody>
            {list.map(({ library, counted }) => (
              <tr key={library.id} data-former={!library.isActive || undefined}>
                <th scope="row">
                  <span className={classes.who}>
                    <LibraryIcon kind={library.kind} size={26} />
                    <span>
                      <Link to="/libraries/$id" params={{ id: library.id }}>
                        {library.name}
                      </Link>
                      <span className={`${classes.quiet} numbers`}>
                        {[holdings(library), servers.length > 1 && library.server?.name, !library.isActive && t('facet.former')].filter(Boolean).join(' · ')}
                      </span>
                    </span>
                  </span>
                </th>
                <td data-label={t('people.last')}>
                  {counted ? <time dateTime={counted.lastPlayedAt}>{format.moment(counted.lastPlayedAt)}</time> : <span className={classes.quiet}>{t('people.never')}</span>}
                </td>
                <LastPlay counted={counted} />
                <td className={classes.number} data-label={t('graphs.plays')}>
                  {counted ? (
                    <Link to="/history" search={{ library: [library.id] }} aria-label={t('home.rowsOf', { name: library.name, value: format.number(counted.plays) })}>
                      {format.number(counted.plays)}
                    </Link>
                  ) : (
                    '0'
                  )}
                </td>
                <td className={classes.number} data-label={t('history.column.played')}>
                  {counted ? format.total(counted.played) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
