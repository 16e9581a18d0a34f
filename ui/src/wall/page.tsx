import { IconAlertTriangle, IconMaximize, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useServers } from '../account/use-account';
import { followActivity, now } from '../activity/now';
import { preferences } from '../activity/preferences';
import { useNow } from '../live/clock';
import { connection } from '../live/socket';
import { useStore } from '../live/store';
import { useStreamsInTitle, useTitle } from '../shell/title';
import type { LiveSession } from '../streams/live';
import { arrange } from '../streams/order';
import { total } from '../streams/totals';
import { unbroken, useFormat } from '../strings/format';
import { WallCard } from './card';
import { fit } from './fit';
import { QuietWall, Time } from './quiet';
import { fillScreen, useAwake, useFullscreen, useLeave, useSize, useStirred } from './screen';
import classes from './wall.module.css';

const BLIND = new Set(['UNREACHABLE', 'TOKEN_REFUSED', 'STARTING']);

/** What plays now, for a screen that hangs on a wall: everything in sight, nothing to operate. Always dark, as rooms with such screens are. */
export function WallPage() {
  const { t } = useTranslation();
  const live = useStore(now, (value) => value);
  const order = useStore(preferences, (chosen) => chosen.order);
  const servers = useServers();
  const lost = useStore(connection, ({ state }) => state === 'lost');
  const navigate = useNavigate();
  const stirred = useStirred();
  const full = useFullscreen();
  useEffect(followActivity, []);
  useTitle(t('wall.title'));
  useStreamsInTitle(live.sessions.size);
  useAwake();
  const leave = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    void navigate({ to: '/activity' });
  }, [navigate]);
  useLeave(leave);

  const blind = useMemo(() => new Set(servers.filter(({ link }) => BLIND.has(link.state)).map(({ id }) => id)), [servers]);
  const sessions = useMemo(() => arrange(live.sessions.values(), order, 'all'), [live, order]);
  const staleOf = (session: LiveSession) => !live.fresh || (!!session.server && blind.has(session.server.id));
  const troubles = [
    ...(lost ? [t('line.lost')] : []),
    ...servers.flatMap(({ name, link: { state } }) => (BLIND.has(state) && state !== 'LIVE' ? [t(`trouble.${state}`, { name })] : [])),
  ];
  const known = live.fresh && blind.size < servers.length;
  const quiet = known && sessions.length === 0;
  return (
    <div className={classes.wall} data-mantine-color-scheme="dark" data-still={!stirred || undefined} data-night={quiet || undefined}>
      <main className={classes.main}>
        <h1 className="unseen">{t('wall.title')}</h1>
        {troubles.length > 0 && (
          <p className={classes.trouble} role="alert">
            <IconAlertTriangle size="1.2em" stroke={1.8} aria-hidden />
            {troubles.join(' · ')}
          </p>
        )}
        {sessions.length > 0 ? (
          <>
            <Head sessions={sessions} />
            <Cards sessions={sessions} staleOf={staleOf} />
          </>
        ) : quiet ? (
          <QuietWall />
        ) : (
          <p className={classes.waiting} role="status">
            {servers.length === 0 ? t('activity.noServer') : t(troubles.length > 0 ? 'home.unknownNow' : 'app.loading')}
          </p>
        )}
        <div className={classes.tools} role="group" aria-label={t('wall.tools')}>
          {!full && document.fullscreenEnabled && (
            <button type="button" onClick={fillScreen}>
              <IconMaximize size={18} stroke={1.8} aria-hidden />
              {t('wall.fill')}
            </button>
          )}
          <button type="button" onClick={leave}>
            <IconX size={18} stroke={1.8} aria-hidden />
            {t('wall.leave')}
          </button>
        </div>
      </main>
    </div>
  );
}

function Head({ sessions }: { sessions: readonly LiveSession[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const totals = useMemo(() => total(sessions), [sessions]);
  return (
    <header className={classes.head} role="none">
      <p className="numbers">
        <b>{totals.streams}</b> {t('activity.streams', { count: totals.streams })}
        {totals.transcode > 0 && ` · ${unbroken(t('home.transcoding', { count: totals.transcode }))}`}
        {totals.bandwidth > 0 && ` · ${unbroken(format.rate(totals.bandwidth))}`}
      </p>
      <Time now={useNow()} />
    </header>
  );
}

function Cards({ sessions, staleOf }: { sessions: readonly LiveSession[]; staleOf: (session: LiveSession) => boolean }) {
  const { t } = useTranslation();
  const [ref, { width, height }] = useSize();
  const { columns, rows, shown } = fit(sessions.length, width, height);
  const rest = sessions.length - shown;
  return (
    <ul ref={ref} className={classes.grid} aria-label={t('activity.running')} style={{ '--columns': columns, '--rows': rows }}>
      {sessions.slice(0, shown).map((session) => (
        <li key={session.id}>
          <WallCard session={session} stale={staleOf(session)} />
        </li>
      ))}
      {rest > 0 && (
        <li>
          <p className={classes.rest}>{t('wall.rest', { count: rest })}</p>
        </li>
      )}
    </ul>
  );
}
