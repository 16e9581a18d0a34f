import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../history/filter';
import { useFormat } from '../strings/format';
import type { WatchedFragment } from './profile.generated';
import classes from './profile.module.css';

/** Plays and time of the last day, week, month and ever. */
export function WatchTiles({ times, filter, name }: { times: readonly WatchedFragment[]; filter: Filter; name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={`${classes.tiles} numbers`}>
      {times.map(({ days, plays, played }) => (
        <div key={days}>
          <dt>{days === 0 ? t('span.all') : days === 1 ? t('people.day') : t('span.days', { count: days })}</dt>
          <dd>
            <Link to="/history" search={days === 0 ? filter : { ...filter, days: String(days) }} aria-label={t('home.rowsOf', { name, value: t('home.plays', { count: plays, number: format.number(plays) }) })}>
              {t('home.plays', { count: plays, number: format.number(plays) })}
            </Link>
            <span>{format.total(played)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
