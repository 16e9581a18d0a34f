import { useTranslation } from 'react-i18next';
import { stopwatch, useFormat } from '../strings/format';
import { axisOf, type Entry, type Pin } from './axis';
import classes from './play.module.css';

type Props = { entries: readonly Entry[]; startedAt: string; stoppedAt: string; played: number; paused: number };

/** Pauses, stalls, changes and markers of a play on one axis. */
export function AxisView({ entries, startedAt, stoppedAt, played, paused }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { segments, pins } = axisOf(entries, startedAt, stoppedAt);
  const kinds = [...new Set(segments.map(({ kind }) => kind))];
  const label = t('play.axis', { from: format.moment(startedAt), to: format.clock(stoppedAt), played: format.span(played), paused: format.span(paused) });
  return (
    <figure className={classes.axis}>
      <div role="img" aria-label={label} className={classes.track}>
        {segments.map(({ kind, from, to }) => (
          <span key={from} data-kind={kind} style={{ insetInlineStart: `${from * 100}%`, inlineSize: `${(to - from) * 100}%` }} />
        ))}
        {pins.map((pin) => (
          <i key={pin.entry.sequence} data-kind={pin.kind} style={{ insetInlineStart: `${pin.at * 100}%` }} title={textOf(pin)} />
        ))}
      </div>
      <figcaption className="numbers">
        <span>{format.clock(startedAt)}</span>
        <span className={classes.keys}>
          {kinds.map((kind) => (
            <span key={kind} data-kind={kind}>
              {t(`play.segment.${kind}`)}
            </span>
          ))}
          {pins.length > 0 && <span data-kind="pin">{t('play.event')}</span>}
        </span>
        <span>{format.clock(stoppedAt)}</span>
      </figcaption>
    </figure>
  );

  function textOf({ kind, entry }: Pin): string {
    const marker = entry.marker && t(`card.marker.${entry.marker}`);
    return [t(`details.event.${kind}`), marker, stopwatch(entry.viewOffset)].filter(Boolean).join(' ');
  }
}
