import { useTranslation } from 'react-i18next';
import { useLastPlay } from '../activity/last-play';
import { useNow } from '../live/clock';
import { useFormat } from '../strings/format';
import classes from './wall.module.css';

/** Nobody watches: a dark screen with the time, and who was the last. It wanders, so that nothing burns in. */
export function QuietWall() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const last = useLastPlay();
  const minute = Math.floor(now / 60_000);
  const style = { translate: `${((minute * 7) % 11) - 5}vmin ${((minute * 5) % 9) - 4}vmin` };
  return (
    <section className={classes.night} aria-label={t('activity.quiet')}>
      <div style={style}>
        <Time now={now} />
        <h2>{t('activity.quiet')}</h2>
        {last && (
          <p>
            {t('activity.quietLast', {
              user: last.user?.friendlyName ?? t('card.unknownUser'),
              title: last.item.fullTitle,
              when: format.moment(last.stoppedAt),
            })}
          </p>
        )}
      </div>
    </section>
  );
}

export function Time({ now }: { now: number }) {
  const format = useFormat();
  return (
    <p className={`${classes.clock} numbers`}>
      <time dateTime={new Date(now).toISOString().slice(0, 16)}>{format.clock(now)}</time>
    </p>
  );
}
