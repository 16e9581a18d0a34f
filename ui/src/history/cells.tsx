import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Face } from '../streams/avatar';
import { WayBadge } from '../streams/delivery';
import { Poster } from '../streams/poster';
import { useTitleLines } from '../streams/title-lines';
import { wayOf } from '../streams/totals';
import { span, useFormat } from '../strings/format';
import classes from './table.module.css';
import type { Column } from './preferences';
import type { Row } from './rows';

type Play = NonNullable<Row['play']>;

/** One value of a line. */
export function Cell({ column, row, dense }: { column: Column; row: Row; dense: boolean }) {
  const format = useFormat();
  const { play } = row;
  switch (column) {
    case 'date':
      return <When at={row.date} />;
    case 'user':
      return <User play={play} />;
    case 'title':
      return <Title row={row} dense={dense} />;
    case 'library':
      return <Text text={play?.library?.name ?? play?.item.libraryName} />;
    case 'player':
      return <Text text={play?.player.title} />;
    case 'product':
      return <Text text={play?.player.product} />;
    case 'platform':
      return <Text text={play?.player.platform} />;
    case 'address':
      return <Text text={play?.player.address} />;
    case 'delivery':
      return play ? <WayBadge way={wayOf(play.decision)} /> : null;
    case 'started':
      return <time dateTime={row.startedAt}>{format.moment(row.startedAt)}</time>;
    case 'stopped':
      return <Stopped row={row} />;
    case 'paused':
      return <>{row.paused >= 60_000 ? span(row.paused) : '–'}</>;
    case 'played':
      return <>{span(row.played)}</>;
    case 'watched':
      return <Watched row={row} />;
  }
}

function Text({ text }: { text: string | null | undefined }) {
  return text ? <span title={text}>{text}</span> : <span className={classes.quiet}>–</span>;
}

function When({ at }: { at: string }) {
  const format = useFormat();
  return <time dateTime={at}>{format.moment(at)}</time>;
}

/** The end; with its day when that is another one. */
function Stopped({ row }: { row: Row }) {
  const format = useFormat();
  const same = new Date(row.date).toDateString() === new Date(row.stoppedAt).toDateString();
  return <time dateTime={row.stoppedAt}>{same ? format.clock(row.stoppedAt) : format.moment(row.stoppedAt)}</time>;
}

export function User({ play }: { play: Play | null | undefined }) {
  const { t } = useTranslation();
  const user = play?.user;
  if (!user) return <span className={classes.quiet}>{t('card.unknownUser')}</span>;
  return (
    <Link to="/users/$id" params={{ id: user.id }} className={classes.user} tabIndex={-1} title={user.friendlyName}>
      <Face name={user.friendlyName} source={user.avatarUrl} size={22} />
      <span>{user.friendlyName}</span>
    </Link>
  );
}

export function Title({ row: { play }, dense }: { row: Row; dense: boolean }) {
  const { t } = useTranslation();
  if (!play) return <span className={classes.quiet}>{t('history.unknown')}</span>;
  return (
    <span className={classes.title}>
      {!dense && <Poster item={play.item} className={classes.poster} />}
      <TitleText play={play} dense={dense} />
    </span>
  );
}

function TitleText({ play, dense }: { play: Play; dense: boolean }) {
  const { first, second, meta } = useTitleLines(play.item);
  const more = second ?? meta;
  return (
    <span className={classes.titleText} title={[first, more].filter(Boolean).join(', ')}>
      <b>{first}</b>
      {more && <span className={classes.quiet}>{dense ? ` · ${more}` : more}</span>}
    </span>
  );
}

const ROUND = 2 * Math.PI * 6;

/** How far: a ring that closes, and its number. */
export function Watched({ row: { percentComplete, watchedQuarters } }: { row: Row }) {
  const { t } = useTranslation();
  const share = watchedQuarters >= 4 ? 1 : Math.min(1, percentComplete / 100);
  const text = watchedQuarters >= 4 ? t('history.watchedFull', { percent: percentComplete }) : t('history.watchedPart', { percent: percentComplete });
  return (
    <span className={classes.watched} title={text} data-full={watchedQuarters >= 4 || undefined}>
      <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden focusable="false">
        <circle cx={8} cy={8} r={6} />
        {share > 0 && <circle cx={8} cy={8} r={6} className={classes.reached} strokeDasharray={`${share * ROUND} ${ROUND}`} transform="rotate(-90 8 8)" />}
      </svg>
      <span aria-hidden className="numbers">
        {t('history.percent', { percent: percentComplete })}
      </span>
      <span className="unseen">{text}</span>
    </span>
  );
}

/** The whole line as a block of a few lines, for a narrow screen. */
export function Folded({ row }: { row: Row }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { play } = row;
  return (
    <span className={classes.folded}>
      {play ? <Poster item={play.item} className={classes.poster} /> : <span className={classes.poster} />}
      <span className={classes.foldedText}>
        {play ? <TitleText play={play} dense={false} /> : <b>{t('history.unknown')}</b>}
        <span className={classes.foldedLine}>
          <b>{play?.user?.friendlyName ?? t('card.unknownUser')}</b>
          <span className="numbers">{format.moment(row.date)}</span>
        </span>
        <span className={classes.foldedLine}>
          <span className={classes.quiet}>{play?.player.title ?? play?.player.product ?? play?.player.platform}</span>
          {play && <WayBadge way={wayOf(play.decision)} />}
          <span className="numbers">{span(row.played)}</span>
          <Watched row={row} />
        </span>
      </span>
    </span>
  );
}
