import { IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { now } from '../activity/now';
import { useAnswer } from '../live/answer';
import type { HistoryFilter } from '../live/schema';
import { useStore } from '../live/store';
import { useFormat } from '../strings/format';
import type { LiveSession } from '../streams/live';
import { arrange, nameOf } from '../streams/order';
import { useTitleLines } from '../streams/title-lines';
import { HistoryRunningDocument } from './history.generated';
import classes from './page.module.css';

/** More than these are folded: they must not push the history off the screen. */
const FEW = 1;

/** What plays now and fits the filter: it will be in the history when it ends. */
export function Running({ input, shown }: { input: HistoryFilter; shown: boolean }) {
  const { t } = useTranslation();
  const sessions = useStore(now, (live) => live.sessions);
  const variables = useMemo(() => ({ filter: input }), [input]);
  const { data, again } = useAnswer(HistoryRunningDocument, variables, !shown);
  const ids = [...sessions.keys()].sort().join(' ');
  useEffect(() => {
    if (shown && ids) again();
  }, [shown, ids, again]);
  const found = new Set(data?.history.activity.map(({ id }) => id));
  const fitting = arrange(sessions.values(), 'newest', 'all').filter(({ id }) => found.has(id));
  if (!shown || fitting.length === 0) return null;
  return (
    <section className={classes.running} aria-label={t('palette.streams')}>
      {fitting.length <= FEW ? (
        fitting.map((session) => <Line key={session.id} session={session} />)
      ) : (
        <details>
          <summary>
            <span className={classes.now}>{t('history.runningNow', { count: fitting.length })}</span>
            <span className={classes.quiet}>{[...new Set(fitting.map(nameOf))].join(', ')}</span>
            <IconChevronDown size={16} stroke={1.8} aria-hidden />
          </summary>
          {fitting.map((session) => (
            <Line key={session.id} session={session} />
          ))}
        </details>
      )}
    </section>
  );
}

function Line({ session }: { session: LiveSession }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { first, second } = useTitleLines(session.item);
  return (
    <Link to="/activity" search={{ session: session.id }}>
      <span className={classes.now}>{t(`state.${session.state}`)}</span>
      <span>{nameOf(session) || t('card.unknownUser')}</span>
      <span>
        <b>{first}</b> {second && <span className={classes.quiet}>{second}</span>}
      </span>
      <span className={`${classes.end} numbers`}>{t('history.since', { when: format.moment(session.startedAt) })}</span>
    </Link>
  );
}
