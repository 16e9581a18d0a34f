import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { useFormat } from '../strings/format';
import type { Way } from '../streams/totals';
import { useLastPlay } from './last-play';
import { prefer } from './preferences';
import classes from './quiet.module.css';

/** Nobody watches. */
export function Quiet() {
  const { t } = useTranslation();
  const format = useFormat();
  const last = useLastPlay();
  return (
    <section className={classes.quiet}>
      <svg className={classes.wave} viewBox="0 0 220 48" aria-hidden focusable="false">
        <path d="M4 24h62c6 0 8-10 14-10s8 20 14 20 8-20 14-20 8 10 14 10h94" />
      </svg>
      <h2>{t('activity.quiet')}</h2>
      <p>{t('activity.quietText')}</p>
      {last && (
        <p className={classes.last}>
          {t('activity.quietLast', {
            user: last.user?.friendlyName ?? t('card.unknownUser'),
            title: last.item.fullTitle,
            when: format.moment(last.stoppedAt),
          })}
        </p>
      )}
    </section>
  );
}

/** The filter leaves nothing over. */
export function NoneLikeThis({ way, others }: { way: Way; others: number }) {
  const { t } = useTranslation();
  return (
    <section className={classes.quiet}>
      <h2>{t('activity.none', { way: t(`way.${way}`) })}</h2>
      <p>{t('activity.noneText', { count: others })}</p>
      <Button variant="default" onClick={() => prefer({ shown: 'all' })}>
        {t('activity.showOthers')}
      </Button>
    </section>
  );
}

/** There is nothing to watch yet. */
export function NoServer() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  return (
    <section className={classes.quiet}>
      <h2>{t('activity.noServer')}</h2>
      <p>{t(isAdmin ? 'activity.noServerText' : 'activity.noServerGuest')}</p>
      {isAdmin && (
        <Button component={Link} to="/setup">
          {t('activity.connect')}
        </Button>
      )}
    </section>
  );
}
