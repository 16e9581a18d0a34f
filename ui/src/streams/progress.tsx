import { IconAlertTriangleFilled, IconLoader2, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../live/clock';
import type { PlayState } from '../live/schema';
import { stopwatch, useFormat } from '../strings/format';
import type { LiveSession } from './live';
import { positionOf, type Position } from './position';
import classes from './progress.module.css';

const ICONS = {
  PLAYING: IconPlayerPlayFilled,
  PAUSED: IconPlayerPauseFilled,
  BUFFERING: IconLoader2,
  STOPPED: IconPlayerPauseFilled,
  ERROR: IconAlertTriangleFilled,
} satisfies Record<PlayState, unknown>;

/** How far a session is; counts on by itself while it plays. `stale` when we do not know whether it still does. */
export function Progress({ session, stale }: { session: LiveSession; stale: boolean }) {
  const { t } = useTranslation();
  const ticking = useNow();
  const now = stale ? session.heardAt : ticking;
  const position = positionOf(session, now);
  return (
    <div className={classes.progress} data-state={session.state}>
      <Bar session={session} position={position} label={t('card.progress')} />
      <Times session={session} position={position} now={now} stale={stale} />
    </div>
  );
}

function Bar({ session, position, label }: { session: LiveSession; position: Position; label: string }) {
  const { t } = useTranslation();
  const { duration, share, buffered } = position;
  if (duration === null || share === null) return <div className={classes.bar} data-endless />;
  const percent = Math.round(share * 100);
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      data-live={session.item.live || undefined}
    >
      {buffered !== null && (
        <span className={classes.buffered} style={{ inlineSize: `${(buffered / duration) * 100}%` }} />
      )}
      <span className={classes.played} style={{ inlineSize: `${share * 100}%` }} />
      {session.item.live
        ? null
        : session.item.markers.map(({ kind, start, end }) => (
            <span
              key={`${kind}${start}`}
              className={classes.marker}
              title={t(`card.marker.${kind}`)}
              style={{
                insetInlineStart: `${(start / duration) * 100}%`,
                inlineSize: `${(Math.max(0, Math.min(end, duration) - start) / duration) * 100}%`,
              }}
            />
          ))}
    </div>
  );
}

type TimesProps = { session: LiveSession; position: Position; now: number; stale: boolean };

function Times({ session, position, now, stale }: TimesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, item, pausedSince, bufferCount } = session;
  const Icon = ICONS[state];
  const airing = item.live ? item.airing : null;
  const paused = state === 'PAUSED' && pausedSince ? pausedSince : null;
  return (
    <div className={`${classes.times} numbers`}>
      <span className={classes.state}>
        {stale && <span>{t('line.stale')}</span>}
        <Icon size={14} aria-hidden className={state === 'BUFFERING' ? classes.spin : undefined} />
        <span className={state === 'PLAYING' ? 'unseen' : undefined}>
          {paused ? t('state.pausedSince', { when: format.moment(paused) }) : t(`state.${state}`)}
        </span>
        {paused && now - Date.parse(paused) >= 60_000 && (
          <span className={classes.quiet}>{format.length(now - Date.parse(paused))}</span>
        )}
        {session.marker && state === 'PLAYING' && <span className={classes.quiet}>{t(`card.marker.${session.marker}`)}</span>}
        {bufferCount > 0 && <span className={classes.stalls}>{t('card.stalls', { count: bufferCount })}</span>}
      </span>
      {airing?.beginsAt && airing.endsAt ? (
        <span>{t('card.slot', { from: format.clock(airing.beginsAt), to: format.clock(airing.endsAt) })}</span>
      ) : (
        <span>
          <b>{stopwatch(position.at)}</b>
          {position.duration !== null && <span className={classes.quiet}> / {stopwatch(position.duration)}</span>}
        </span>
      )}
      {!airing && !stale && position.endsAt !== null && (
        <span className={classes.quiet}>{t('card.ends', { when: format.clock(position.endsAt) })}</span>
      )}
    </div>
  );
}
