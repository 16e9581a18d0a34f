import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useNow } from '../live/clock';
import { Poster } from '../streams/poster';
import { useFormat } from '../strings/format';
import classes from './added.module.css';
import { pageOf, useNames, type Added } from './names';

/** Something new: its picture, its names, and since when it is there. `dated` says the day too. */
export function Tile({ added, dated }: { added: Added; dated?: boolean }) {
  const { facts } = added;
  const { first, second } = useNames(added);
  const page = pageOf(facts);
  const inner = (
    <>
      <span className={classes.frame}>
        <Poster item={facts} className={classes.poster} />
      </span>
      <b>{first}</b>
      {second && <span className={classes.second}>{second}</span>}
      {facts.addedAt && <Since at={facts.addedAt} dated={dated} />}
    </>
  );
  const title = [first, second].filter(Boolean).join(', ');
  if (!page) {
    return (
      <div className={classes.tile} title={title}>
        {inner}
      </div>
    );
  }
  return (
    <Link to="/item" search={page} className={classes.tile} title={title}>
      {inner}
    </Link>
  );
}

const WEEK = 7 * 24 * 3_600_000;

function Since({ at, dated }: { at: string; dated: boolean | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  // A narrow screen has room for one of both: of what is older the day says more.
  const old = dated && now - Date.parse(at) > WEEK;
  return (
    <time className={classes.since} dateTime={at} title={t('added.at', { when: format.moment(at) })}>
      <span className={classes.ago} data-old={old || undefined}>
        {format.ago(at, now)}
      </span>
      {dated && (
        <span className={classes.day}>
          <span> · </span>
          {format.brief(at)}
        </span>
      )}
    </time>
  );
}

/** The shapes of tiles that are on their way. */
export function Bones({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <>
      {Array.from({ length: count }, (_, n) => (
        <li key={n} className={classes.bone} aria-hidden>
          <span className={classes.frame} />
          <span />
          <span />
        </li>
      ))}
      <li className="unseen">
        <span role="status">{t('app.loading')}</span>
      </li>
    </>
  );
}
