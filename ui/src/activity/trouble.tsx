import { IconPlugConnectedX, IconRefresh, IconKeyOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Server } from '../account/access';
import { useIsAdmin } from '../account/use-account';
import { useNow } from '../live/clock';
import { useFormat } from '../strings/format';
import { RenewButton } from '../token/renew';
import classes from './trouble.module.css';

/** A server that is not heard as it should be: what, since when, what to do. Never looks like quiet. */
export function Trouble({ server, hasSessions }: { server: Server; hasSessions: boolean }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const { state } = server.link;
  if (state === 'LIVE') return null;
  if (state === 'POLLING' || state === 'STARTING') {
    return (
      <p className={classes.hint} role="status">
        <IconRefresh size={16} stroke={1.8} aria-hidden />
        <span>
          {t(`trouble.${state}`, { name: server.name })}
          {state === 'POLLING' && <span className={classes.quiet}> {t('trouble.pollingAdvice')}</span>}
        </span>
      </p>
    );
  }
  const advice = state === 'UNREACHABLE' ? 'trouble.unreachableAdvice' : isAdmin ? 'trouble.refusedAdvice' : 'trouble.refusedGuest';
  const Icon = state === 'UNREACHABLE' ? IconPlugConnectedX : IconKeyOff;
  return (
    <section className={classes.alert} role="alert">
      <Icon size={26} stroke={1.6} aria-hidden />
      <div>
        <h2>{t(`trouble.${state}`, { name: server.name })}</h2>
        <Since since={server.link.since} />
        <p>{server.link.problem ?? t(`server.says.${state}`)}</p>
        <p className={classes.quiet}>{t(advice)}</p>
        {hasSessions && <p className={classes.quiet}>{t('trouble.lastKnown')}</p>}
        {state === 'TOKEN_REFUSED' && isAdmin && (
          <p className={classes.way}>
            <RenewButton server={server} />
          </p>
        )}
      </div>
    </section>
  );
}

function Since({ since }: { since: string | null | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (!since) return null;
  const past = now - Date.parse(since);
  return (
    <p className={`${classes.since} numbers`} aria-live="off">
      {t('trouble.sinceLong', { when: format.moment(since) })}
      {past >= 60_000 && ` · ${format.length(past)}`}
    </p>
  );
}
