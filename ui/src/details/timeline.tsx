import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { follow } from '../live/socket';
import { stopwatch, useFormat } from '../strings/format';
import { SessionTimelineDocument, type TimelineEntryFragment } from './details.generated';
import classes from './timeline.module.css';

type Entry = TimelineEntryFragment;

/** What happened in a session so far, and what happens while one looks on. */
export function Timeline({ id, first }: { id: string; first: readonly Entry[] }) {
  const { t } = useTranslation();
  const [later, setLater] = useState<readonly Entry[]>([]);
  useEffect(
    () => follow(SessionTimelineDocument, { id }, ({ sessionEvents }) => setLater((now) => [...now, sessionEvents.event])),
    [id],
  );
  const entries = useMemo(() => {
    const bySequence = new Map([...first, ...later].map((entry) => [entry.sequence, entry]));
    return [...bySequence.values()].sort((a, b) => b.sequence - a.sequence);
  }, [first, later]);
  return (
    <section>
      <h4 className={classes.heading}>{t('details.timeline')}</h4>
      <Entries entries={entries} />
    </section>
  );
}

export function Entries({ entries }: { entries: readonly Entry[] }) {
  return (
    <ol className={classes.line}>
      {entries.map((entry) => (
        <Line key={entry.sequence} entry={entry} />
      ))}
    </ol>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const more = [
    entry.marker && t(`card.marker.${entry.marker}`),
    entry.decision && entry.kind === 'STREAM_CHANGED' && t('details.changedTo', { decision: t(`decision.${entry.decision}`) }),
    entry.from !== null && entry.from !== undefined && t('details.fromPosition', { position: stopwatch(entry.from) }),
    entry.count ? t('details.times', { count: entry.count }) : null,
  ].filter(Boolean);
  return (
    <li data-kind={entry.kind} className="numbers">
      <time dateTime={entry.at}>{format.moment(entry.at)}</time>
      <span>
        <b>{t(`details.event.${entry.kind}`)}</b> {more.join(' ')}
      </span>
      <span className={classes.quiet}>{stopwatch(entry.viewOffset)}</span>
    </li>
  );
}
