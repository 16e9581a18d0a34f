import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../live/answer';
import { Answered } from '../profile/states';
import shelf from '../profile/shelf.module.css';
import { useTileLines } from '../profile/shelf';
import { Panel } from '../shell/page';
import { Poster } from '../streams/poster';
import { stopwatch, useFormat } from '../strings/format';
import { ItemMembersDocument, ItemPartsDocument, type ItemMembersQuery, type ItemPartsQuery } from './item.generated';
import classes from './item.module.css';
import type { Item } from './title';
import { SetStatistics } from './set-statistics';
import { useItemLink } from './use-item-link';

type Child = NonNullable<ItemMembersQuery['libraryItem']>['children'][number];
type Row = NonNullable<ItemPartsQuery['libraryItem']>['table']['rows'][number];
type Props = { item: Item; server: string | undefined; itemKey: string };

/** What an item consists of: seasons and albums as pictures, episodes and tracks as lines, members as pictures. */
export function Parts({ item, server, itemKey }: Props) {
  switch (item.facts.kind) {
    case 'SHOW':
    case 'ARTIST':
    case 'SEASON':
    case 'ALBUM':
      return <Counted kind={item.facts.kind} server={server} itemKey={itemKey} />;
    case 'COLLECTION':
    case 'PLAYLIST':
    case 'PHOTO_ALBUM':
      return <Members server={server} itemKey={itemKey} title={item.facts.title ?? ''} isPlaylist={item.facts.kind === 'PLAYLIST'} />;
    default:
      return null;
  }
}

const NAMES = { SHOW: 'item.seasons', ARTIST: 'item.albums', SEASON: 'item.episodes', ALBUM: 'item.tracks' } as const;

function Counted({ kind, server, itemKey }: { kind: keyof typeof NAMES; server: string | undefined; itemKey: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useAnswer(ItemPartsDocument, useMemo(() => ({ serverId: server, ratingKey: itemKey }), [server, itemKey]));
  const found = answer.data?.libraryItem;
  const rows = new Map(found?.table.rows.map((row) => [row.ratingKey, row]) ?? []);
  const size = found?.table.filteredFileSize ?? 0;
  return (
    <Panel title={t(NAMES[kind])} className={classes.parts} more={size > 0 ? <span className={`${classes.quiet} numbers`}>{format.size(size)}</span> : undefined}>
      <Answered answer={answer} lines={4} none={{ title: t('item.noParts'), text: t('item.noPartsText') }} isEmpty={({ libraryItem }) => (libraryItem?.children.length ?? 0) === 0}>
        {({ libraryItem }) =>
          kind === 'SHOW' || kind === 'ARTIST' ? (
            <Tiles all={libraryItem?.children ?? []} server={server} rows={rows} />
          ) : (
            <Lines all={libraryItem?.children ?? []} server={server} rows={rows} withPictures={kind === 'SEASON'} />
          )
        }
      </Answered>
    </Panel>
  );
}

function Members({ server, itemKey, title, isPlaylist }: { server: string | undefined; itemKey: string; title: string; isPlaylist: boolean }) {
  const { t } = useTranslation();
  const answer = useAnswer(ItemMembersDocument, useMemo(() => ({ serverId: server, ratingKey: itemKey }), [server, itemKey]));
  const all = answer.data?.libraryItem?.children ?? [];
  return (
    <>
      <Panel title={t('item.members')} className={classes.parts}>
        <Answered answer={answer} lines={4} none={{ title: t('item.noParts'), text: t('item.noPartsText') }} isEmpty={({ libraryItem }) => (libraryItem?.children.length ?? 0) === 0}>
          {() => (isPlaylist && all.every(({ facts }) => facts.kind === 'TRACK') ? <Lines all={all} server={server} rows={NONE} withPictures={false} numbered /> : <Tiles all={all} server={server} rows={NONE} />)}
        </Answered>
      </Panel>
      {!isPlaylist && <SetStatistics members={all.map(({ facts }) => facts)} title={title} server={server} />}
    </>
  );
}

const NONE: ReadonlyMap<string, Row> = new Map();

type ListProps = { all: readonly Child[]; server: string | undefined; rows: ReadonlyMap<string, Row> };

function Tiles({ all, server, rows }: ListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const linkTo = useItemLink(server);
  const linesOf = useTileLines();
  return (
    <ul className={shelf.grid}>
      {all.map(({ facts, leafCount }, n) => {
        const { first, second } = facts.kind === 'SEASON' || facts.kind === 'ALBUM' ? { first: facts.title ?? '', second: facts.kind === 'ALBUM' && facts.year ? String(facts.year) : '' } : linesOf(facts);
        const plays = rows.get(facts.ratingKey ?? '')?.plays;
        const more = [
          leafCount != null && facts.kind === 'SEASON' && t('libraries.holds.episodes', { count: leafCount, number: format.number(leafCount) }),
          second,
          plays && t('home.plays', { count: plays, number: format.number(plays) }),
        ].filter(Boolean);
        const text = (
          <>
            <Poster item={facts} className={shelf.poster} />
            <b title={first}>{first}</b>
            {more.map((part) => (
              <span key={String(part)} className="numbers">
                {part}
              </span>
            ))}
          </>
        );
        return (
          <li key={facts.ratingKey ?? n}>
            {facts.ratingKey ? (
              <Link to="/item" search={linkTo(facts.ratingKey)} className={shelf.tile}>
                {text}
              </Link>
            ) : (
              <span className={shelf.tile}>{text}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Lines({ all, server, rows, withPictures, numbered = false }: ListProps & { withPictures: boolean; numbered?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const linkTo = useItemLink(server);
  const discs = new Set(all.map(({ facts }) => facts.parentIndex)).size > 1;
  return (
    <ol className={classes.lines} data-pictures={withPictures || undefined}>
      {all.map(({ facts }, n) => {
        const row = rows.get(facts.ratingKey ?? '');
        const number = numbered || facts.index == null ? n + 1 : facts.index;
        const name = facts.title ?? '';
        const isTrack = facts.kind === 'TRACK';
        const by = isTrack && (numbered ? facts.grandparentTitle : facts.originalTitle);
        const day = !isTrack && facts.originallyAvailableAt;
        const length = facts.duration && (isTrack ? stopwatch(facts.duration) : format.length(facts.duration));
        const more = [by, day && format.day(day), length, row?.fileSize ? format.size(row.fileSize) : null].filter(Boolean).join(' · ');
        return (
          <li key={`${facts.ratingKey}-${n}`}>
            <span className={`${classes.number} numbers`}>{discs && !numbered && isTrack && facts.parentIndex != null ? `${facts.parentIndex}.${number}` : number}</span>
            {withPictures && <Still source={row?.posterUrl} />}
            <span className={classes.lineText}>
              {facts.ratingKey ? (
                <Link to="/item" search={linkTo(facts.ratingKey)}>
                  {name}
                </Link>
              ) : (
                <b>{name}</b>
              )}
              {more && <span className={`${classes.quiet} numbers`}>{more}</span>}
            </span>
            <span className={`${classes.plays} numbers`}>
              {row?.plays && facts.guid ? (
                <Link to="/history" search={{ item: [facts.guid] }} aria-label={t('home.rowsOf', { name, value: t('home.plays', { count: row.plays, number: format.number(row.plays) }) })}>
                  {t('home.plays', { count: row.plays, number: format.number(row.plays) })}
                </Link>
              ) : (
                rows.size > 0 && <span className={classes.quiet}>{t('home.plays', { count: 0, number: format.number(0) })}</span>
              )}
              {row?.lastPlayedAt && <span className={classes.quiet}>{format.brief(row.lastPlayedAt)}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Still({ source }: { source: string | null | undefined }) {
  return <span className={classes.still}>{source && <img src={source} alt="" loading="lazy" decoding="async" />}</span>;
}
