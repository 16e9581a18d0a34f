import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { now } from '../activity/now';
import { useAnswer } from '../live/answer';
import { useStore } from '../live/store';
import { PageHead } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { Face } from '../streams/avatar';
import { useFormat } from '../strings/format';
import { HeadCell } from './head-cell';
import { RefreshUsersDocument, UsersPageDocument, type UsersPageQuery } from './people.generated';
import { Refresh } from './refresh';
import { sorted, type Sort } from './sorted';
import classes from './table.module.css';

type User = UsersPageQuery['users'][number];
type Counted = UsersPageQuery['statistics']['users'][number];
type Row = { user: User; counted: Counted | undefined };
type Key = 'name' | 'last' | 'plays' | 'played';

const valueOf = ({ user, counted }: Row, key: Key) => {
  switch (key) {
    case 'name':
      return user.friendlyName || user.username;
    case 'last':
      return counted?.lastPlayedAt ?? null;
    case 'plays':
      return counted?.plays ?? null;
    case 'played':
      return counted?.played ?? null;
  }
};

/** Everybody who may watch or has watched. */
export function UsersPage() {
  const { t } = useTranslation();
  const servers = useServers();
  const { data, failure, again } = useAnswer(UsersPageDocument, {});
  const [shown, setShown] = useState<'active' | 'all'>('active');
  const [sort, setSort] = useState<Sort<Key>>({ by: 'last', down: true });
  const sessions = useStore(now, (live) => live.sessions);
  const watching = useMemo(() => new Map([...sessions.values()].flatMap(({ user, id }) => (user ? [[user.id, id] as const] : []))), [sessions]);
  const rows = useMemo(() => {
    const counted = new Map((data?.statistics.users ?? []).flatMap((row) => (row.user ? [[row.user.id, row] as const] : [])));
    return (data?.users ?? []).filter(({ deleted }) => !deleted).map((user): Row => ({ user, counted: counted.get(user.id) }));
  }, [data]);
  const former = rows.filter(({ user }) => !user.isActive).length;
  const list = sorted(shown === 'all' ? rows : rows.filter(({ user }) => user.isActive), sort, valueOf);
  const head = { sort, onSort: setSort };
  return (
    <>
      <PageHead title={t('nav.users')}>
        {former > 0 && (
          <Segmented
            label={t('people.shown')}
            value={shown}
            options={[
              { value: 'active', text: t('people.active') },
              { value: 'all', text: t('people.all') },
            ]}
            onChange={setShown}
          />
        )}
        <Refresh document={RefreshUsersDocument} told={({ refreshUsers }) => refreshUsers} onDone={again} />
      </PageHead>
      {failure && data && <Older code={failure} again={again} />}
      {failure && !data ? (
        <Failed code={failure} again={again} />
      ) : !data ? (
        <Loading lines={8} />
      ) : list.length === 0 ? (
        <Nothing title={t('people.none')} text={t('people.noneText')} />
      ) : (
        <table className={classes.table}>
          <caption className="unseen">{t('nav.users')}</caption>
          <thead>
            <tr>
              <HeadCell name="name" text={t('facet.user')} first="up" {...head} />
              <HeadCell name="last" text={t('people.last')} {...head} />
              <th scope="col">{t('people.lastTitle')}</th>
              <th scope="col">{t('people.lastPlayer')}</th>
              <HeadCell name="plays" text={t('graphs.plays')} number={classes.number} {...head} />
              <HeadCell name="played" text={t('history.column.played')} number={classes.number} {...head} />
            </tr>
          </thead>
          <tbody>
            {list.map((row) => (
              <UserRow key={row.user.id} row={row} session={watching.get(row.user.id)} withServer={servers.length > 1} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function UserRow({ row: { user, counted }, session, withServer }: { row: Row; session: string | undefined; withServer: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = user.friendlyName || user.username;
  const marks = [
    name !== user.username && user.username,
    user.isAdmin && t('people.owner'),
    user.allowGuest && t('people.guest'),
    !user.isActive && t('facet.former'),
    withServer && user.server?.name,
  ].filter(Boolean);
  return (
    <tr data-former={!user.isActive || undefined}>
      <th scope="row">
        <span className={classes.who}>
          <Face name={name} source={user.avatarUrl} size={34} />
          <span>
            <Link to="/users/$id" params={{ id: user.id }}>
              {name}
            </Link>
            {marks.length > 0 && <span className={classes.quiet}>{marks.join(' · ')}</span>}
          </span>
        </span>
      </th>
      <td data-label={t('people.last')}>
        {session ? (
          <Link to="/activity" search={{ session }} className={classes.live}>
            {t('people.watching')}
          </Link>
        ) : counted ? (
          <time dateTime={counted.lastPlayedAt}>{format.moment(counted.lastPlayedAt)}</time>
        ) : (
          <span className={classes.quiet}>{t('people.never')}</span>
        )}
      </td>
      <LastPlay counted={counted} />
      <td className={classes.number} data-label={t('graphs.plays')}>
        {counted ? (
          <Link to="/history" search={{ user: [user.id] }} aria-label={t('home.rowsOf', { name, value: format.number(counted.plays) })}>
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
  );
}

/** What was played last, and on what. */
export function LastPlay({ counted }: { counted: Pick<Counted, 'lastPlay'> | undefined }) {
  const play = counted?.lastPlay;
  return (
    <>
      <td className={classes.wide}>
        {play && (
          <Link to="/history" search={{ play: play.id }} className={classes.title} title={play.item.fullTitle}>
            {play.item.fullTitle}
          </Link>
        )}
      </td>
      <td className={classes.wide}>
        {play && (
          <span>
            {play.player.title} {play.player.platform && play.player.platform !== play.player.title && <span className={classes.quiet}>{play.player.platform}</span>}
          </span>
        )}
      </td>
    </>
  );
}
