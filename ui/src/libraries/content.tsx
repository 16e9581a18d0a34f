import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Input.css';
import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconRefresh, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useItemLink } from '../items/use-item-link';
import { useAnswer } from '../live/answer';
import { client, codeOf } from '../live/client';
import type { LibraryOrder, MediaKind } from '../live/schema';
import { HeadCell } from '../profile/head-cell';
import { SortChoice } from '../profile/sort-choice';
import type { PartSearch } from '../profile/listing-search';
import { Answered } from '../profile/states';
import classes from '../profile/table.module.css';
import { notify } from '../shell/notices';
import { useProblem } from '../shell/problem';
import { channelsName, codecName, containerName, resolutionName } from '../streams/names';
import { Poster } from '../streams/poster';
import { useFormat } from '../strings/format';
import { LibraryContentDocument, type ContentFragment } from './libraries.generated';
import own from './content.module.css';

type Row = ContentFragment['rows'][number];
type Known = { id: string; kind: MediaKind; server?: { id: string } | null };

const ROWS = 50;
const PAUSE = 250;
const ORDERS = { title: 'TITLE', added: 'ADDED_AT', container: 'CONTAINER', bitrate: 'BITRATE', video: 'VIDEO_RESOLUTION', audio: 'AUDIO_CODEC', size: 'FILE_SIZE', plays: 'PLAYS', last: 'LAST_PLAYED' } as const satisfies Record<string, LibraryOrder>;
type Key = keyof typeof ORDERS;

/** What is in a library, with formats, sizes and plays (LIB-03). The server's answer is kept for a while, and read anew on demand. */
export function Content({ library, search }: { library: Known; search: PartSearch }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const explain = useProblem();
  const linkTo = useItemLink(library.server?.id);
  const [text, setText] = useState(search.q ?? '');
  const [busy, setBusy] = useState(false);
  const page = Number(search.page ?? '1');
  const by = (Object.keys(ORDERS) as Key[]).find((key) => key === search.order) ?? 'title';
  const down = search.order ? search.up !== '1' : false;
  const input = useMemo(() => ({ offset: (page - 1) * ROWS, limit: ROWS, orderBy: [ORDERS[by]], descending: [down], text: search.q }), [page, by, down, search.q]);
  const answer = useAnswer(LibraryContentDocument, useMemo(() => ({ id: library.id, input }), [library.id, input]));
  const change = (next: PartSearch) => void navigate({ to: '.', search: { ...search, ...next } as never, replace: true, resetScroll: false });
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  });
  useEffect(() => {
    const timer = setTimeout(() => {
      if ((search.q ?? '') !== text.trim()) latest.current({ q: text.trim() || undefined, page: undefined });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, search.q]);
  const refresh = async () => {
    setBusy(true);
    const { error } = await client.query(LibraryContentDocument, { id: library.id, input: { limit: 1, refresh: true } }).toPromise();
    setBusy(false);
    if (error) notify(explain(codeOf(error)), 'bad');
    else answer.again();
  };
  const tableOf = (data: typeof answer.data) => (data?.node && 'table' in data.node ? data.node.table : null);
  const whole = tableOf(answer.data);
  const hasFiles = whole?.rows.some(({ container, fileSize }) => container || fileSize) ?? false;
  const names: Record<Key, string> = {
    title: t('history.column.title'),
    added: t('content.added'),
    video: t('part.video'),
    audio: t('part.audio'),
    container: t('content.file'),
    bitrate: t('content.bitrate'),
    size: t('content.size'),
    last: t('people.last'),
    plays: t('home.byPlays'),
  };
  const columns = (Object.keys(names) as Key[]).filter((name) => hasFiles || ['title', 'added', 'last', 'plays'].includes(name)).map((name) => ({ name, text: names[name] }));
  const head = { sort: { by, down }, onSort: (sort: { by: Key; down: boolean }) => change({ order: sort.by, up: sort.down ? undefined : '1', page: undefined }) };
  return (
    <>
      <div className={own.tools}>
        <TextInput
          className={classes.search}
          size="sm"
          aria-label={t('facet.searchIn', { name: t('content.heading') })}
          placeholder={t('content.search')}
          leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
          rightSection={text ? <CloseButton size="sm" aria-label={t('profile.clear')} onClick={() => setText('')} /> : undefined}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SortChoice columns={columns} {...head} />
        {whole && (
          <p className="numbers" role="status">
            <b>
              {whole.filteredCount !== whole.totalCount
                ? t('profile.found', { number: format.number(whole.filteredCount), all: format.number(whole.totalCount) })
                : t('libraries.holds.items', { count: whole.totalCount, number: format.number(whole.totalCount) })}
            </b>
            {whole.filteredFileSize > 0 && ` · ${format.size(whole.filteredFileSize)}`}
          </p>
        )}
        <Button className={`${own.refresh} ${classes.tool}`} variant="subtle" size="sm" radius="xl" loading={busy} leftSection={<IconRefresh size={16} stroke={1.7} aria-hidden />} onClick={() => void refresh()}>
          <span className={classes.word}>{t('people.refresh')}</span>
        </Button>
      </div>
      <Answered answer={answer} lines={10} none={search.q ? { title: t('profile.noMatch'), text: t('profile.noMatchText') } : { title: t('content.none'), text: t('content.noneText') }} isEmpty={(data) => (tableOf(data)?.rows.length ?? 0) === 0}>
        {(data) => {
          const table = tableOf(data);
          if (!table) return null;
          const last = Math.max(1, Math.ceil(table.filteredCount / ROWS));
          return (
            <>
              <table className={`${classes.table} ${own.table}`} data-asking={answer.asking || undefined}>
                <caption className="unseen">{t('content.heading')}</caption>
                <thead>
                  <tr>
                    {columns.map(({ name, text }) => (
                      <HeadCell key={name} name={name} text={text} first={['title', 'audio', 'container'].includes(name) ? 'up' : 'down'} number={['bitrate', 'size', 'plays'].includes(name) ? classes.number : undefined} {...head} />
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {table.rows.map((row) => (
                    <Line key={row.ratingKey} row={row} hasFiles={hasFiles} link={linkTo(row.ratingKey)} />
                  ))}
                </tbody>
              </table>
              <div className={own.foot}>
                <p className="numbers">{t('content.readAt', { when: format.moment(table.readAt) })}</p>
                {last > 1 && (
                  <nav aria-label={t('content.pages')} className={own.pages}>
                    <Button variant="default" size="compact-sm" disabled={page <= 1} onClick={() => change({ page: page > 2 ? String(page - 1) : undefined })} leftSection={<IconChevronLeft size={15} aria-hidden />}>
                      {t('content.before')}
                    </Button>
                    <span className="numbers">{t('content.page', { page: format.number(page), last: format.number(last) })}</span>
                    <Button variant="default" size="compact-sm" disabled={page >= last} onClick={() => change({ page: String(page + 1) })} rightSection={<IconChevronRight size={15} aria-hidden />}>
                      {t('content.after')}
                    </Button>
                  </nav>
                )}
              </div>
            </>
          );
        }}
      </Answered>
    </>
  );
}

/** The filter of an item's plays, where its level has one that needs no more than its key. */
function playsOf({ kind, ratingKey }: Row) {
  if (kind === 'SHOW' || kind === 'ARTIST') return { show: [ratingKey] };
  return kind === 'SEASON' || kind === 'ALBUM' ? { season: [ratingKey] } : null;
}

function Line({ row, hasFiles, link }: { row: Row; hasFiles: boolean; link: { key?: string | undefined } }) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = format.number(row.plays ?? 0);
  const filter = playsOf(row);
  const formats = [resolutionName(row.videoResolution), codecName(row.videoCodec ?? row.audioCodec), row.bitrate && format.rate(row.bitrate)].filter(Boolean);
  const label = t('home.rowsOf', { name: row.title, value: count });
  return (
    <tr>
      <th scope="row">
        <span className={classes.who}>
          <Poster item={{ kind: row.kind, live: false, posterUrl: row.posterUrl }} className={own.poster} />
          <span>
            <Link to="/item" search={link}>
              {row.title}
            </Link>
            <span className={`${classes.quiet} numbers`}>
              {row.year}
              {formats.length > 0 && <span className={own.brief}>{`${row.year ? ' · ' : ''}${formats.join(' · ')}`}</span>}
            </span>
          </span>
        </span>
      </th>
      <td className={own.format}>{row.addedAt && <time dateTime={row.addedAt}>{format.day(row.addedAt)}</time>}</td>
      {hasFiles && (
        <>
          <td className={own.format}>{[resolutionName(row.videoResolution), codecName(row.videoCodec)].filter(Boolean).join(' ')}</td>
          <td className={own.format}>{[codecName(row.audioCodec), channelsName(row.audioChannels, null)].filter(Boolean).join(' ')}</td>
          <td className={own.format}>{containerName(row.container)}</td>
          <td className={`${classes.number} ${own.format}`}>
            {row.bitrate ? format.rate(row.bitrate) : '–'}
          </td>
          <td className={classes.number} data-label={t('content.size')}>
            {row.fileSize ? format.size(row.fileSize) : '–'}
          </td>
        </>
      )}
      <td className={own.last} data-label={t('people.last')}>{row.lastPlayedAt ? <time dateTime={row.lastPlayedAt}>{format.brief(row.lastPlayedAt)}</time> : <span className={classes.quiet}>{t('people.never')}</span>}</td>
      <td className={classes.number} data-label={t('home.byPlays')}>
        {!row.plays ? (
          '0'
        ) : filter ? (
          <Link to="/history" search={filter} aria-label={label}>
            {count}
          </Link>
        ) : (
          <Link to="/item" search={link} aria-label={label}>
            {count}
          </Link>
        )}
      </td>
    </tr>
  );
}
