import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconPlayerStopFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../strings/format';
import { Avatar } from './avatar';
import type { StreamProps } from './card';
import { WayBadge } from './delivery';
import classes from './list.module.css';
import { nameOf } from './order';
import { Poster } from './poster';
import { Progress } from './progress';
import { reasonsOf } from './reason';
import { useReason } from './reason-text';
import { useStreamLines } from './title-lines';
import { wayOf } from './totals';

/** The streams closely, one line each; on a phone every line folds into a small block. */
export function StreamList({ streams }: { streams: StreamProps[] }) {
  const { t } = useTranslation();
  return (
    <table className={classes.list}>
      <caption className="unseen">{t('activity.running')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('list.title')}</th>
          <th scope="col">{t('list.user')}</th>
          <th scope="col">{t('list.delivery')}</th>
          <th scope="col">{t('list.player')}</th>
          <th scope="col">{t('list.place')}</th>
          <th scope="col" className={classes.end}>
            {t('list.rate')}
          </th>
          <th scope="col">
            <span className="unseen">{t('card.stopShort')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {streams.map((stream) => (
          <StreamRow key={stream.session.id} {...stream} />
        ))}
      </tbody>
    </table>
  );
}

const StreamRow = memo(function StreamRow({ session, stale, isAdmin, onStop, onDetails }: StreamProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useReason();
  const { first, second, meta } = useStreamLines(session);
  const { player, stream } = session;
  const user = nameOf(session) || t('card.unknownUser');
  const way = wayOf(stream.decision);
  const reason = reasonsOf(session)[0];
  const address = player.relayed ? player.publicAddress : player.address || player.publicAddress;
  const product = player.product ?? player.platform ?? '';
  return (
    <tr data-stale={stale || undefined} data-id={session.id}>
      <td className={classes.what}>
        <Poster item={session.item} className={classes.poster} />
        <div>
          {session.masked ? (
            <span className={classes.title}>{first}</span>
          ) : (
            <UnstyledButton className={`${classes.title} ${classes.way}`} onClick={() => onDetails(session)} aria-label={t('card.details', { title: first })}>
              {first}
            </UnstyledButton>
          )}
          <p className={classes.quiet}>{second ?? meta}</p>
          <Progress session={session} stale={stale} />
        </div>
      </td>
      <td className={classes.user}>
        <span>
          <Avatar session={session} size={24} /> {user}
        </span>
      </td>
      <td className={classes.delivery}>
        <WayBadge way={way} /> <span>{stream.qualityProfile}</span>
        {way !== 'direct' && <p className={classes.quiet}>{reason ? say(reason) : t('why.unknown')}</p>}
      </td>
      <td className={classes.player}>
        {product}
        {player.title && player.title !== product && <p className={classes.quiet}>{player.title}</p>}
      </td>
      <td className={`${classes.place} numbers`}>
        {t(`card.${player.location}`)}
        {player.relayed && <span className={classes.warn}> {t('card.relay')}</span>}
        {player.secure === false && <span className={classes.warn}> · {t('card.insecure')}</span>}
        {isAdmin && address && <p className={classes.quiet}>{address}</p>}
      </td>
      <td className={`${classes.rate} numbers`}>{player.bandwidth ? format.rate(player.bandwidth) : '–'}</td>
      <td className={classes.stop}>
        {isAdmin && (
          <ActionIcon disabled={stale} aria-label={t('card.stop', { title: first, user })} title={t('card.stopShort')} onClick={() => onStop(session)}>
            <IconPlayerStopFilled size={16} aria-hidden />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
});
