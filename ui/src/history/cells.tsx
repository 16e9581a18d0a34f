import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Face } from '../streams/avatar';
import { WayMark } from '../streams/delivery';
import { Poster } from '../streams/poster';
import { titleLines } from '../streams/title-lines';
import { wayOf } from '../streams/totals';
import { useFormat, type Format } from '../strings/format';
import type { Column } from './preferences';
import type { Row } from './rows';
import classes from './table.module.css';

/**
 * How the list puts things. Asked for once by the list and handed down: lines come by the dozen with every frame of
 * scrolling, and each hook in each cell would be paid each time.
 */
export type Say = { t: TFunction; format: Format };

type Play = NonNullable<Row['play']>;
type Of<Props> = Props & { say: Say };

/** One value of a line. */
export function Cell({ column, row, dense, say }: Of<{ column: Column; row: Row; dense: boolean }>) {
  const { t, format } = say;
  const { play } = row;
  switch (column) {
    case 'date':
      return <time dateTime={row.date}>{format.stamp(row.date)}</time>;
    case 'user':
      return <User play={play} say={say} />;
    case 'title':
      return <Title row={row} dense={dense} say={say} />;
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
      return play ? <Way play={play} say={say} /> : null;
    case 'started':
      return <time dateTime={row.startedAt}>{format.stamp(row.startedAt)}</time>;
    case 'stopped':
      return <Stopped row={row} say={say} />;
    case 'paused':
      return <>{row.paused >= 60_000 ? format.span(row.paused) : '–'}</>;
    case 'played':
      return <>{format.span(row.played)}</>;
    case 'watched':
      return <Watched row={row} t={t} />;
  }
}

function Text({ text }: { text: string | null | undefined }) {
  return text ? <span title={text}>{text}</span> : <span className={classes.quiet}>–</span>;
}

function Way({ play, say: { t } }: Of<{ play: Play }>) {
  const way = wayOf(play.decision);
  return <WayMark way={way} text={t(`way.${way}`)} />;
}

/** The end; how many midnights later where it is another day than the line's. */
function Stopped({ row, say: { format } }: Of<{ row: Row }>) {
  const [from, to] = [new Date(row.date), new Date(row.stoppedAt)];
  if (from.toDateString() === to.toDateString()) return <time dateTime={row.stoppedAt}>{format.clock(row.stoppedAt)}</time>;
  const days = Math.round((to.setHours(12, 0, 0, 0) - from.setHours(12, 0, 0, 0)) / 86_400_000);
  return (
    <time dateTime={row.stoppedAt} title={format.moment(row.stoppedAt)}>
      <span aria-hidden>
        {format.clock(row.stoppedAt)} <span className={classes.quiet}>+{days}</span>
      </span>
      <span className="unseen">{format.moment(row.stoppedAt)}</span>
    </time>
  );
}

/** A plain link; the list follows it, which is cheaper than a link that knows the router. */
function User({ play, say: { t } }: Of<{ play: Play | null | undefined }>) {
  const user = play?.user;
  if (!user) return <span className={classes.quiet}>{t('card.unknownUser')}</span>;
  return (
    <a href={`users/${encodeURIComponent(user.id)}`} data-user={user.id} className={classes.user} tabIndex={-1} title={user.friendlyName}>
      <Face name={user.friendlyName} source={user.avatarUrl} size={22} />
      <span>{user.friendlyName}</span>
    </a>
  );
}

function Title({ row: { play }, dense, say }: Of<{ row: Row; dense: boolean }>) {
  if (!play) return <span className={classes.quiet}>{say.t('history.unknown')}</span>;
  return (
    <span className={classes.title}>
      {!dense && <Poster item={play.item} className={classes.poster} />}
      <TitleText play={play} dense={dense} say={say} />
    </span>
  );
}

function TitleText({ play, dense, say: { t, format } }: Of<{ play: Play; dense: boolean }>) {
  const { first, second, meta } = titleLines(play.item, t, format);
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
function Watched({ row: { percentComplete, watchedQuarters }, t }: { row: Row; t: TFunction }) {
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

/** What need not be said of a play, since the page says it of all of them. */
export type Said = 'user' | 'item';

/** A line as a block, where it stands outside the list. */
export function FoldedRow({ row, said }: { row: Row; said?: Said | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <Folded row={row} say={{ t, format }} said={said} />;
}

/** The whole line as a block of a few lines, for a narrow screen. */
export function Folded({ row, say, said }: Of<{ row: Row; said?: Said | undefined }>) {
  const { t, format } = say;
  const { play } = row;
  const user = play?.user?.friendlyName ?? t('card.unknownUser');
  const { title, product, platform } = play?.player ?? {};
  const device = title ?? product ?? platform;
  // Some players bear the name of their program.
  const below = said === 'user' ? [product, platform].find((one) => one && one !== device) : device;
  return (
    <span className={classes.folded}>
      {said === 'item' ? <Face name={user} source={play?.user?.avatarUrl} size={34} /> : play ? <Poster item={play.item} className={classes.poster} /> : <span className={classes.poster} />}
      <span className={classes.foldedText}>
        {said === 'item' ? null : play ? <TitleText play={play} dense={false} say={say} /> : <b>{t('history.unknown')}</b>}
        <span className={classes.foldedLine}>
          <b>{said === 'user' ? device : user}</b>
          <span className="numbers">
            {format.stamp(row.date)} <span className={classes.quiet}>· {format.span(row.played)}</span>
          </span>
        </span>
        <span className={classes.foldedLine}>
          <span className={classes.quiet}>{below}</span>
          {play && <Way play={play} say={say} />}
          <Watched row={row} t={t} />
        </span>
      </span>
    </span>
  );
}
