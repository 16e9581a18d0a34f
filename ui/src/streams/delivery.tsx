import { IconArrowNarrowRight, IconCpu } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../strings/format';
import classes from './delivery.module.css';
import type { LiveSession } from './live';
import { reasonsOf } from './reason';
import { useReason } from './reason-text';
import { wayOf, type Way } from './totals';
import { tracksOf, type Hardware, type Track } from './tracks';

export function WayBadge({ way }: { way: Way }) {
  const { t } = useTranslation();
  return <WayMark way={way} text={t(`way.${way}`)} />;
}

export function WayMark({ way, text }: { way: Way; text: string }) {
  return (
    <span className={classes.way} data-way={way}>
      {text}
    </span>
  );
}

/** What the server does to a stream, and why. */
/** A stream that runs, or one that is over. */
type Delivered = Pick<LiveSession, 'stream' | 'item'>;

export function Delivery({ session }: { session: Delivered }) {
  const { t } = useTranslation();
  const say = useReason();
  const { stream } = session;
  const way = wayOf(stream.decision);
  const reasons = reasonsOf(session);
  return (
    <div className={classes.delivery}>
      <div className={classes.head}>
        <WayBadge way={way} />
        <Quality session={session} />
        {stream.transcode && way === 'transcode' && <Effort transcode={stream.transcode} />}
      </div>
      {way !== 'direct' && (
        <ul className={classes.why} aria-label={t('why.label')}>
          {reasons.map((reason) => (
            <li key={reason.code}>{say(reason)}</li>
          ))}
          {reasons.length === 0 && <li>{t('why.unknown')}</li>}
        </ul>
      )}
      <dl className={classes.tracks}>
        {tracksOf(session).map((track) => (
          <TrackLine key={track.part} track={track} />
        ))}
      </dl>
    </div>
  );
}

function Quality({ session: { stream } }: { session: Delivered }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { source, delivered, optimizedProfile, syncedProfile } = stream;
  const nowRate = delivered.bitrate ?? source.bitrate;
  const original = /^original$/i.test(stream.qualityProfile);
  // A profile's name begins with its rate, so the rate is worth saying only where there is no limit.
  const name = original ? t('card.original') : stream.qualityProfile;
  const sourced = source.bitrate && nowRate && Math.abs(source.bitrate - nowRate) > 0.1 * source.bitrate;
  return (
    <span className={`${classes.quality} numbers`}>
      <b>{name}</b>
      {original && nowRate ? ` ${format.rate(nowRate)}` : null}
      {sourced ? (
        <span className={classes.quiet}> {t('card.of', { total: format.rate(source.bitrate ?? 0) })}</span>
      ) : null}
      {optimizedProfile && <span> · {t('card.optimized', { name: optimizedProfile })}</span>}
      {syncedProfile && <span> · {t('card.synced', { name: syncedProfile })}</span>}
    </span>
  );
}

function Effort({ transcode }: { transcode: NonNullable<LiveSession['stream']['transcode']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={`${classes.quiet} ${classes.effort} numbers`}>
      {transcode.speed > 0 && t('card.speed', { speed: format.number(transcode.speed) })}
      {transcode.throttled && <span title={t('card.throttledHint')}>{t('card.throttled')}</span>}
    </span>
  );
}

function HardwareMark({ hardware }: { hardware: Hardware }) {
  const { t } = useTranslation();
  const { decoding, encoding } = hardware;
  const what = t(decoding && encoding ? 'card.hardwareBoth' : decoding ? 'card.hardwareDecode' : 'card.hardwareEncode');
  const names = [hardware.decode, hardware.encode].filter(Boolean).join(', ');
  const label = names ? `${what}: ${names}` : what;
  return (
    <span className={classes.hardware} title={label}>
      <IconCpu size={13} stroke={1.8} aria-hidden />
      <span aria-hidden>{t('card.hardware')}</span>
      <span className="unseen">{label}</span>
    </span>
  );
}

function TrackLine({ track }: { track: Track }) {
  const { t } = useTranslation();
  return (
    <div data-part={track.part}>
      <dt>{t(`part.${track.part}`)}</dt>
      <dd>
        <span className={classes.what}>
          {track.from}
          {track.to && (
            <>
              <IconArrowNarrowRight size={16} stroke={1.6} aria-hidden className={classes.arrow} />
              <span className="unseen"> {t('card.becomes')} </span>
              {track.to}
            </>
          )}
          {track.hardware && <HardwareMark hardware={track.hardware} />}
        </span>
        <span className={classes.decision} data-decision={track.decision}>
          {t(`decision.${track.decision}`)}
        </span>
      </dd>
    </div>
  );
}
