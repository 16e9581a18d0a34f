import { IconLoader2, IconPlayerPauseFilled } from '@tabler/icons-react';
import { memo, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../live/clock';
import { Face } from '../streams/avatar';
import type { LiveSession } from '../streams/live';
import { nameOf } from '../streams/order';
import { positionOf } from '../streams/position';
import { Poster } from '../streams/poster';
import { useStreamLines } from '../streams/title-lines';
import { wayOf } from '../streams/totals';
import { useFormat } from '../strings/format';
import classes from './wall.module.css';

/** One stream, to be read from a sofa. */
export const WallCard = memo(function WallCard({ session, stale }: { session: LiveSession; stale: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { item, player, state, stream } = session;
  const { first, second, meta } = useStreamLines(session);
  const user = nameOf(session) || t('card.unknownUser');
  const way = wayOf(stream.decision);
  const device = player.title ?? player.product ?? player.platform;
  const art = item.artUrl ?? item.posterUrl;
  return (
    <article className={classes.card} data-state={state} data-stale={stale || undefined} aria-labelledby={id}>
      {art && <img className={classes.art} src={art} alt="" decoding="async" />}
      <Poster item={item} className={classes.poster} />
      <div className={classes.text}>
        <h2 id={id} className={classes.title}>{first}</h2>
        {second && <p>{second}</p>}
        {meta && <p className={classes.quiet}>{meta}</p>}
        <p className={classes.user}>
          <Face name={nameOf(session)} source={session.user?.avatarUrl} size="1.75em" />
          <b>{user}</b>
          {device && <span className={classes.quiet}>{device}</span>}
        </p>
        <p className={classes.facts}>
          <span className={classes.way} data-way={way}>
            {t(`way.${way}`)}
          </span>
          {player.bandwidth ? <span className="numbers">{format.rate(player.bandwidth)}</span> : null}
          <span>{t(`card.${player.location}`)}</span>
        </p>
        <Course session={session} stale={stale} />
      </div>
    </article>
  );
});

/** How far it is, and when it ends. */
function Course({ session, stale }: { session: LiveSession; stale: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ticking = useNow();
  const { item, state, heardAt, pausedSince } = session;
  const { share, endsAt } = positionOf(session, stale ? heardAt : ticking);
  const percent = Math.round((share ?? 0) * 100);
  const Icon = state === 'BUFFERING' ? IconLoader2 : IconPlayerPauseFilled;
  return (
    <div className={classes.course}>
      <p className={`${classes.when} numbers`}>
        {state !== 'PLAYING' && (
          <span className={classes.state}>
            <Icon size="1em" aria-hidden />
            {state === 'PAUSED' && pausedSince ? t('state.pausedSince', { when: format.moment(pausedSince) }) : t(`state.${state}`)}
          </span>
        )}
        {stale ? <span>{t('line.stale')}</span> : !item.live && endsAt !== null && <span>{t('card.ends', { when: format.clock(endsAt) })}</span>}
      </p>
      {share !== null && (
        <div className={classes.bar} role="progressbar" aria-label={t('card.progress')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
          <span style={{ inlineSize: `${share * 100}%` }} />
        </div>
      )}
    </div>
  );
}
