import { IconBrowser, IconDeviceDesktop, IconDeviceMobile, IconDeviceTv, IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../strings/format';
import type { LivePlayerFragment } from './live-session.generated';
import classes from './place.module.css';

type Player = LivePlayerFragment;

const LOOK = { size: 17, stroke: 1.6, 'aria-hidden': true } as const;

function Sign({ player: { platform, product } }: { player: Player }) {
  const text = `${platform ?? ''} ${product ?? ''}`.toLowerCase();
  if (/ios|ipad|iphone|android(?! tv)|mobile/.test(text) && !/tv/.test(text)) return <IconDeviceMobile {...LOOK} />;
  if (/plex web|chrome|firefox|safari|edge|opera/.test(text)) return <IconBrowser {...LOOK} />;
  if (/windows|macos|linux|desktop|osx/.test(text)) return <IconDeviceDesktop {...LOOK} />;
  return <IconDeviceTv {...LOOK} />;
}

const differs = (text: string | null | undefined, ...others: (string | null | undefined)[]) =>
  text && !others.some((other) => other?.toLowerCase().includes(text.toLowerCase())) ? text : null;

/** On what it plays. */
export function PlayerLine({ player }: { player: Player }) {
  const { t } = useTranslation();
  const product = player.product ?? player.platform ?? player.device ?? '';
  const device = player.title && player.title !== product ? player.title : null;
  const platform = differs(player.platform, product, device);
  return (
    <p className={classes.line}>
      <Sign player={player} />
      <span>
        <b>{product}</b>
        {device && <span className={classes.quiet}> {t('card.on', { device })}</span>}
        {platform && <span className={classes.quiet}> ({platform})</span>}
      </span>
    </p>
  );
}

/** From where it plays, how safely, and how much it takes. The address only where the service tells it. */
export function PlaceLine({ player, withAddress }: { player: Player; withAddress: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  // A relayed player has the relay's address, which is this machine's; the public one is the player's.
  const address = player.relayed ? player.publicAddress : player.address || player.publicAddress;
  const Icon = player.secure === false ? IconLockOpen : IconLock;
  return (
    <p className={classes.line}>
      {player.secure === null || player.secure === undefined ? (
        <span className={classes.gap} />
      ) : (
        <span role="img" aria-label={t(player.secure ? 'card.secure' : 'card.insecure')} title={t(player.secure ? 'card.secure' : 'card.insecure')} data-open={!player.secure || undefined} className={classes.lock}>
          <Icon size={17} stroke={1.6} aria-hidden />
        </span>
      )}
      <span>
        <b>{t(`card.${player.location}`)}</b>
        {player.relayed && (
          <span className={classes.relay} title={t('card.relayHint')}>
            {' '}
            {t('card.relay')}
          </span>
        )}
        {withAddress && address && <span className={`${classes.quiet} numbers`}> {address}</span>}
      </span>
      {player.bandwidth ? (
        <b className={`${classes.rate} numbers`} title={t('activity.bandwidthHint')}>
          <span className="unseen">{t('card.rate')} </span>
          {format.rate(player.bandwidth)}
        </b>
      ) : null}
    </p>
  );
}
