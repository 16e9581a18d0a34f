import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../history/filter';
import { Change } from '../home/change';
import { useFormat } from '../strings/format';
import type { WatchedFragment } from './profile.generated';
import classes from './profile.module.css';
import { windowsOf } from './windows';

/** How many plays; on a narrow screen the number stays large and its word becomes small. */
function Plays({ count, number }: { count: number; number: string }) {
  const { t } = useTranslation();
  const [before, after] = t('home.plays', { count, number }).split(number);
  return (
    <>
      {before && <span className={classes.unit}>{before}</span>}
      {number}
      {after && <span className={classes.unit}>{after}</span>}
    </>
  );
}

/** Plays and time of the last day, week, month and ever, and how much more or less it was than in as many days before. */
export function WatchTiles({ times, filter, name }: { times: readonly WatchedFragment[]; filter: Filter; name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={`${classes.tiles} numbers`}>
      {windowsOf(times).map(({ days, plays, played, more }) => (
        <div key={days}>
          <dt>{days === 0 ? t('span.all') : days === 1 ? t('people.day') : t('span.days', { count: days })}</dt>
          <dd>
            <span className={classes.counted}>
              <Link to="/history" search={days === 0 ? filter : { ...filter, days: String(days) }} aria-label={t('home.rowsOf', { name, value: t('home.plays', { count: plays, number: format.number(plays) }) })}>
                <Plays count={plays} number={format.number(plays)} />
              </Link>
              {!!more && <Change by={more} text={format.number(Math.abs(more))} />}
            </span>
            <span>{format.total(played)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
