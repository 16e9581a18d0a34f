import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { ChartCard, type Look } from '../graphs/chart-card';
import { chartNamed } from '../graphs/charts';
import { dayOf } from '../account/calendar';
import type { Filter } from '../history/filter';
import { Recent } from '../history/recent';
import { useAnswer } from '../live/answer';
import classes from '../profile/profile.module.css';
import { Shelf } from '../profile/shelf';
import { WatchTiles } from '../profile/watch-tiles';
import { Panel } from '../shell/page';
import { useFormat } from '../strings/format';
import { UserHabitsDocument, type UserPageQuery } from './people.generated';
import { Sharing } from './sharing-card';

type User = Extract<UserPageQuery['node'], { __typename: 'User' }>;

/** How much a user watches, on what, when, and what was played last. */
export function Overview({ user, data, filter }: { user: User; data: UserPageQuery; filter: Filter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isAdmin = useIsAdmin();
  const look = useMemo((): Look => ({ filter, span: { days: '90' }, measure: 'PLAYS', bucket: 'WEEK', today: dayOf() }), [filter]);
  const habits = useAnswer(UserHabitsDocument, { ids: [user.id] }).data?.statistics;
  const shared = data.libraries.filter(({ sectionId, server }) => server?.id === user.server?.id && user.sharedSections.includes(sectionId));
  const most = habits?.mostConcurrent.find(({ decision }) => !decision);
  const watched = habits?.recentlyWatched ?? [];
  return (
    <>
      <WatchTiles times={data.watchTime} filter={filter} name={user.friendlyName || user.username} />
      <div className={classes.grid}>
        <Recent filter={filter} count={8} said="user" />
        <div className={classes.column}>
          <Players players={data.playerStatistics} filter={filter} />
          {(shared.length > 0 || most) && (
            <Panel title={t('people.access')}>
              <dl className={classes.facts}>
                {most && (
                  <div>
                    <dt>{t('people.atOnce')}</dt>
                    <dd>
                      <Link to="/history" search={{ ...filter, from: dayOf(new Date(most.startedAt)), to: dayOf(new Date(most.startedAt)) }}>
                        {t('people.streams', { count: most.count, number: format.number(most.count) })}
                      </Link>{' '}
                      <span className={classes.small}>{format.stamp(most.startedAt)}</span>
                    </dd>
                  </div>
                )}
                {shared.length > 0 && (
                  <div>
                    <dt>{t('people.shared')}</dt>
                    <dd>
                      <ul className={classes.marks}>
                        {shared.map((library) => (
                          <li key={library.id}>
                            <Link to="/libraries/$id" params={{ id: library.id }}>
                              {library.name}
                            </Link>
                          </li>
                        ))}
                      </ul>
                    </dd>
                  </div>
                )}
                {isAdmin && (
                  <div>
                    <dt>{t('people.addresses')}</dt>
                    <dd>
                      <Link to="." search={{ tab: 'addresses' } as never}>
                        {t('people.whence')}
                      </Link>
                    </dd>
                  </div>
                )}
              </dl>
            </Panel>
          )}
          <ChartCard chart={chartNamed('hour')} look={look} />
        </div>
      </div>
      {isAdmin && <Sharing id={user.id} />}
      {watched.length > 0 && <Shelf title={t('people.watchedLast')} server={user.server?.id} tiles={watched.map(({ id, item, stoppedAt }) => ({ key: id, item, when: stoppedAt }))} />}
      <div className={classes.grid}>
        {(['plays', 'weekday', 'platformStreamTypes'] as const).map((name) => (
          <ChartCard key={name} chart={chartNamed(name)} look={look} />
        ))}
      </div>
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
                <b>{player}</b>
                <span className={classes.small}>{[platform, t('home.last', { when: format.moment(lastPlayedAt) })].filter(Boolean).join(' · ')}</span>
              </span>
              <span className={`${classes.value} numbers`}>
                <Link to="/history" search={{ ...filter, player: [player] }} aria-label={t('home.rowsOf', { name: player, value: t('home.plays', { count: plays, number: format.number(plays) }) })}>
                  {t('home.plays', { count: plays, number: format.number(plays) })}
                </Link>
                <span className={classes.small}> {format.total(played)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
