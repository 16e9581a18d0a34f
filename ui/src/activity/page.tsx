import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin, useServers } from '../account/use-account';
import { useStore } from '../live/store';
import { StreamCard } from '../streams/card';
import type { LiveSession } from '../streams/live';
import { arrange } from '../streams/order';
import { Moving } from './moving';
import { now } from './now';
import classes from './page.module.css';
import { prefer, preferences } from './preferences';
import { NoneLikeThis, NoServer, Quiet } from './quiet';
import { Skeleton } from './skeleton';
import { Summary } from './summary';
import { Toolbar } from './toolbar';
import { Trouble } from './trouble';

const StopDialog = lazy(() => import('../stop/dialog').then((module) => ({ default: module.StopDialog })));
const Details = lazy(() => import('../details/drawer').then((module) => ({ default: module.Details })));
const StreamList = lazy(() => import('../streams/list').then((module) => ({ default: module.StreamList })));

/** States in which we cannot know what happens on a server. */
const BLIND = new Set(['UNREACHABLE', 'TOKEN_REFUSED', 'STARTING']);

export function ActivityPage() {
  const { t } = useTranslation();
  const live = useStore(now, (value) => value);
  const chosen = useStore(preferences, (value) => value);
  const servers = useServers();
  const isAdmin = useIsAdmin();
  const [stopping, setStopping] = useState<LiveSession | null>(null);
  const wanted = useSearch({ from: '/home/activity', select: ({ session }) => session });
  const navigate = useNavigate({ from: '/activity' });

  const blind = useMemo(
    () => new Set(servers.filter(({ link }) => BLIND.has(link.state)).map(({ id }) => id)),
    [servers],
  );
  const shown = useMemo(() => arrange(live.sessions.values(), chosen.order, chosen.shown), [live, chosen]);
  const onDetails = useCallback(
    (session: LiveSession) => void navigate({ search: { session: session.id } }),
    [navigate],
  );
  const closeDetails = useCallback(() => void navigate({ search: {} }), [navigate]);
  const ids = useMemo(() => shown.map(({ id }) => id), [shown]);

  const waiting = !live.fresh && live.sessions.size === 0;
  const old = !live.fresh || blind.size === servers.length;
  const staleOf = (session: LiveSession) => !live.fresh || (!!session.server && blind.has(session.server.id));
  const propsOf = (session: LiveSession) => ({ session, stale: staleOf(session), isAdmin, onStop: setStopping, onDetails });
  const trouble = servers.filter(({ link }) => link.state !== 'LIVE');

  return (
    <>
      <h1 className="unseen">{t('activity.heading')}</h1>
      {trouble.map((server) => (
        <Trouble key={server.id} server={server} hasSessions={live.sessions.size > 0} />
      ))}
      {servers.length === 0 ? (
        <NoServer />
      ) : waiting ? (
        <Skeleton />
      ) : live.sessions.size === 0 ? (
        blind.size < servers.length && <Quiet />
      ) : (
        <>
          <Summary
            sessions={live.sessions}
            shown={chosen.shown}
            onShow={(way) => prefer({ shown: way })}
            stale={old}
          />
          <div className={classes.bar}>
            <h2 className={classes.heading}>{t(chosen.shown !== 'all' ? `way.${chosen.shown}` : old ? 'activity.lastKnown' : 'activity.running')}</h2>
            <Toolbar {...chosen} />
          </div>
          {shown.length === 0 && chosen.shown !== 'all' ? (
            <NoneLikeThis way={chosen.shown} others={live.sessions.size} />
          ) : chosen.view === 'list' ? (
            <Suspense fallback={null}>
              <StreamList streams={shown.map(propsOf)} />
            </Suspense>
          ) : (
            <Moving ids={ids} className={classes.cards} label={t('activity.running')}>
              {shown.map((session) => (
                <li key={session.id} data-id={session.id}>
                  <StreamCard {...propsOf(session)} />
                </li>
              ))}
            </Moving>
          )}
        </>
      )}
      <Suspense fallback={null}>
        {stopping && <StopDialog session={stopping} onClose={() => setStopping(null)} />}
        {wanted && <Details id={wanted} session={live.sessions.get(wanted)} onClose={closeDetails} />}
      </Suspense>
    </>
  );
}
