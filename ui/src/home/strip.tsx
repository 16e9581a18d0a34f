import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { now } from '../activity/now';
import { useNow } from '../live/clock';
import { useStore } from '../live/store';
import { useFormat } from '../strings/format';
import { Face } from '../streams/avatar';
import type { LiveSession } from '../streams/live';
import { arrange, nameOf } from '../streams/order';
import { positionOf } from '../streams/position';
import { Poster } from '../streams/poster';
import { useStreamLines } from '../streams/title-lines';
import { total, wayOf } from '../streams/totals';
import classes from './strip.module.css';

/** What plays now, in one row; each leads to the whole. */
export function Strip({ blind }: { blind: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const live = useStore(now, (value) => value);
  const sessions = useMemo(() => arrange(live.sessions.values(), 'newest', 'all'), [live]);
  const totals = useMemo(() => total(live.sessions.values()), [live]);
  const stale = !live.fresh || blind;
  const waiting = !live.fresh && sessions.length === 0;
  return (
    <section className={classes.strip} aria-label={t('home.now')} data-stale={(stale && !waiting) || undefined}>
      <header role="none">
        <h2>{t('home.now')}</h2>
        {sessions.length > 0 && (
          <p className={`${classes.sums} numbers`}>
            <b>{totals.streams}</b> {t('activity.streams', { count: totals.streams })} · {format.rate(totals.bandwidth)}
            {totals.transcode > 0 && ` · ${t('home.transcoding', { count: totals.transcode })}`}
          </p>
        )}
        <Link to="/activity">
          {t('home.toActivity')}
          <IconArrowRight size={15} stroke={1.8} aria-hidden />
        </Link>
      </header>
      {waiting ? (
        <p className={classes.still} role="status">
          {t('app.loading')}
        </p>
      ) : sessions.length === 0 ? (
        <p className={classes.still}>{t(blind ? 'home.unknownNow' : 'activity.quiet')}</p>
      ) : (
        <ul>
          {sessions.map((session) => (
            <li key={session.id}>
              <Mini session={session} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Mini({ session }: { session: LiveSession }) {
  const { t } = useTranslation();
  const { first, second, meta } = useStreamLines(session);
  const user = nameOf(session) || t('card.unknownUser');
  const way = wayOf(session.stream.decision);
  const { share } = positionOf(session, useNow());
  return (
    <Link to="/activity" search={session.masked ? {} : { session: session.id }} className={classes.mini} data-state={session.state}>
      <Poster item={session.item} className={classes.poster} />
      <span className={classes.text}>
        <b>{first}</b>
        <span className={classes.quiet}>{second ?? meta}</span>
        <span className={classes.user}>
          <Face name={nameOf(session)} source={session.user?.avatarUrl} size={18} />
          <span>{user}</span>
        </span>
        <span className={classes.foot}>
          <span className={classes.way} data-way={way}>
            {t(`way.${way}`)}
          </span>
          {session.state !== 'PLAYING' && <span>{t(`state.${session.state}`)}</span>}
        </span>
      </span>
      {share !== null && <span className={classes.progress} style={{ inlineSize: `${share * 100}%` }} aria-hidden />}
    </Link>
  );
}
