import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { now } from '../activity/now';
import { ChartCard, type Look } from '../graphs/chart-card';
import { chartNamed } from '../graphs/charts';
import { todayHere, type Filter } from '../history/filter';
import { Recent } from '../history/recent';
import { useAnswer } from '../live/answer';
import { useStore } from '../live/store';
import { Panel } from '../shell/page';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { useTitle } from '../shell/title';
import { Face } from '../streams/avatar';
import { useFormat } from '../strings/format';
import { UserPageDocument, type UserPageQuery } from './people.generated';
import classes from './profile.module.css';
import { WatchTiles } from './watch-tiles';

const DeleteDialog = lazy(() => import('../history/delete').then((module) => ({ default: module.DeleteDialog })));

/** One user: how much, on what, when, and what was played last. */
export function UserPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/home/users/$id' });
  const { data, failure, again } = useAnswer(UserPageDocument, useMemo(() => ({ id, ids: [id] }), [id]));
  if (failure && !data) return failure === 'NOT_FOUND' || failure === 'INVALID' ? <Nothing title={t('people.unknown')} text={t('people.unknownText')} /> : <Failed code={failure} again={again} />;
  if (!data) return <Loading lines={8} />;
  if (data.node?.__typename !== 'User') return <Nothing title={t('people.unknown')} text={t('people.unknownText')} />;
  return (
    <>
      {failure && <Older code={failure} again={again} />}
      <Known key={id} user={data.node} data={data} onChanged={again} />
    </>
  );
}

type User = Extract<UserPageQuery['node'], { __typename: 'User' }>;

function Known({ user, data, onChanged }: { user: User; data: UserPageQuery; onChanged: () => void }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const [asking, setAsking] = useState(false);
  const name = user.friendlyName || user.username;
  const running = useStore(now, (live) => [...live.sessions.values()].find((session) => session.user?.id === user.id)?.id);
  const filter = useMemo((): Filter => ({ user: [user.id] }), [user.id]);
  const look = useMemo((): Look => ({ filter, span: { days: '90' }, measure: 'PLAYS', bucket: 'WEEK', today: todayHere() }), [filter]);
  const shared = data.libraries.filter(({ sectionId, server }) => server?.id === user.server?.id && user.sharedSections.includes(sectionId));
  useTitle(name);
  const marks = [user.isAdmin && t('people.owner'), user.isHomeUser && t('people.home'), user.isRestricted && t('people.restricted'), user.allowGuest && t('people.guest'), !user.isActive && t('facet.former'), !user.keepHistory && t('people.notKept')].filter(Boolean);
  return (
    <>
      <header className={classes.head} role="none">
        <Face name={name} source={user.avatarUrl} size={64} />
        <div>
          <h1>{name}</h1>
          <p className={classes.quiet}>{[name !== user.username && user.username, user.email, user.server?.name].filter(Boolean).join(' · ')}</p>
          {(marks.length > 0 || running) && (
            <ul className={classes.marks}>
              {running && (
                <li>
                  <Link to="/activity" search={{ session: running }}>
                    {t('people.watching')}
                  </Link>
                </li>
              )}
              {marks.map((mark) => (
                <li key={String(mark)}>{mark}</li>
              ))}
            </ul>
          )}
        </div>
        <div className={classes.tools}>
          <Button variant="default" size="sm" component={Link} to="/history" search={filter as never}>
            {t('nav.history')}
          </Button>
          <Button variant="default" size="sm" component={Link} to="/graphs" search={filter as never}>
            {t('nav.graphs')}
          </Button>
          {isAdmin && (
            <Button variant="default" size="sm" color="danger" leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />} onClick={() => setAsking(true)}>
              {t('people.purge')}
            </Button>
          )}
        </div>
      </header>
      <WatchTiles times={data.watchTime} filter={filter} name={name} />
      <div className={classes.grid}>
        <Recent filter={filter} />
        <div className={classes.column}>
          <Players players={data.playerStatistics} filter={filter} />
          {shared.length > 0 && (
            <Panel title={t('people.shared')}>
              <ul className={classes.marks}>
                {shared.map((library) => (
                  <li key={library.id}>
                    <Link to="/libraries/$id" params={{ id: library.id }}>
                      {library.name}
                    </Link>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <ChartCard chart={chartNamed('hour')} look={look} />
        </div>
        {(['plays', 'weekday', 'platformStreamTypes'] as const).map((name) => (
          <ChartCard key={name} chart={chartNamed(name)} look={look} />
        ))}
      </div>
      {asking && (
        <Suspense fallback={null}>
          <DeleteDialog what={{ filter: { userIds: [user.id] } }} onClose={() => setAsking(false)} onDone={onChanged} />
        </Suspense>
      )}
    </>
  );
}

function Players({ players, filter }: { players: UserPageQuery['playerStatistics']; filter: Filter }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('people.players')}>
      {players.length === 0 ? (
        <p className={classes.none}>{t('history.noneYet')}</p>
      ) : (
        <ul className={classes.lines}>
          {players.slice(0, 8).map(({ player, platform, plays, played, lastPlayedAt }) => (
            <li key={`${player}-${platform}`}>
              <span>
                <Link to="/history" search={{ ...filter, player: [player] }}>
                  {player}
                </Link>
                <span className={classes.small}>{[platform, t('home.last', { when: format.moment(lastPlayedAt) })].filter(Boolean).join(' · ')}</span>
              </span>
              <span className={`${classes.value} numbers`}>
                {t('home.plays', { count: plays, number: format.number(plays) })}
                <span className={classes.small}> {format.total(played)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
