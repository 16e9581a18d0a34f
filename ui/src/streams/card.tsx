import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconPlayerStopFilled } from '@tabler/icons-react';
import { memo, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from './avatar';
import classes from './card.module.css';
import { Delivery } from './delivery';
import type { LiveSession } from './live';
import { nameOf } from './order';
import { PlaceLine, PlayerLine } from './place';
import { Backdrop, Poster } from './poster';
import { Progress } from './progress';
import { useStreamLines } from './title-lines';

export type StreamProps = {
  session: LiveSession;
  /** Whether it may be no longer true. */
  stale: boolean;
  isAdmin: boolean;
  onStop: (session: LiveSession) => void;
  onDetails: (session: LiveSession) => void;
};

/** One stream, with everything that is asked of it every day. */
export const StreamCard = memo(function StreamCard({ session, stale, isAdmin, onStop, onDetails }: StreamProps) {
  const { t } = useTranslation();
  const id = useId();
  const { first, second, meta } = useStreamLines(session);
  const user = nameOf(session) || t('card.unknownUser');
  return (
    <article className={classes.card} data-state={session.state} data-stale={stale || undefined} aria-labelledby={id}>
      <Backdrop item={session.item} />
      <header className={classes.head}>
        <Poster item={session.item} />
        <div className={classes.titles}>
          <h3 id={id}>
            {session.masked ? (
              <span className={classes.title}>{first}</span>
            ) : (
              <UnstyledButton className={`${classes.title} ${classes.way}`} onClick={() => onDetails(session)} aria-label={t('card.details', { title: first })}>
                {first}
              </UnstyledButton>
            )}
          </h3>
          {second && <p>{second}</p>}
          {meta && <p className={classes.meta}>{meta}</p>}
          <p className={classes.user}>
            <Avatar session={session} />
            <span>{user}</span>
          </p>
        </div>
        {isAdmin && (
          <ActionIcon
            className={classes.stop}
            size={38}
            disabled={stale}
            aria-label={t('card.stop', { title: first, user })}
            title={t('card.stopShort')}
            onClick={() => onStop(session)}
          >
            <IconPlayerStopFilled size={17} aria-hidden />
          </ActionIcon>
        )}
      </header>
      <Progress session={session} stale={stale} />
      <Delivery session={session} />
      <footer className={classes.foot}>
        {!session.masked && <PlayerLine player={session.player} />}
        <PlaceLine player={session.player} withAddress={isAdmin} />
      </footer>
    </article>
  );
});
