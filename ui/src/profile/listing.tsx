import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Input.css';
import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import type { Filter } from '../history/filter';
import { PageHead } from '../shell/page';
import { Segmented } from '../shell/segmented';
import { Nothing } from '../shell/states';
import { unbroken, useFormat } from '../strings/format';
import { HeadCell } from './head-cell';
import { SortChoice } from './sort-choice';
import { SHOWN, type ListingSearch, type Order, type Shown } from './listing-search';
import classes from './table.module.css';
import type { CountedFragment } from './profile.generated';
import { sorted, type Sort } from './sorted';

/** A user or a library among the others. */
export type Entry = {
  id: string;
  name: string;
  /** What is looked through besides the name. */
  words: readonly (string | null | undefined)[];
  sign: ReactNode;
  link: ReactNode;
  line: ReactNode;
  former: boolean;
  hidden: boolean;
  /** What plays now. */
  session?: string | undefined;
  /** Bytes of what it holds, as far as it has been measured. */
  size?: number | undefined;
  counted: CountedFragment | undefined;
  filter: Filter;
};

const valueOf = ({ name, size, counted }: Entry, key: Order) => {
  switch (key) {
    case 'name':
      return name;
    case 'last':
      return counted?.lastPlayedAt ?? null;
    case 'size':
      return size ?? null;
    case 'plays':
      return counted?.plays ?? null;
    case 'played':
      return counted?.played ?? null;
  }
};

type Props = {
  title: string;
  /** Name of the first column. */
  column: string;
  /** Name of those that are there now. */
  present: string;
  from: '/home/users' | '/home/libraries';
  order: Order;
  tools: ReactNode;
  entries: readonly Entry[];
};

/** Users or libraries in one table: ordered, looked through, the former and the hidden ones by choice. All of it is in the address. */
export function Listing({ title, column, present, from, order, tools, entries }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  // Whence somebody played last says something of a person, and is not for guests.
  const withAddress = isAdmin && from === '/home/users';
  // Files are nothing for guests either.
  const withSize = isAdmin && from === '/home/libraries';
  const search: ListingSearch = useSearch({ from });
  const wished = search.order === 'size' && !withSize ? undefined : search.order;
  const sort: Sort<Order> = { by: wished ?? order, down: wished ? search.up !== '1' : true };
  const change = (next: ListingSearch) => void navigate({ to: '.', search: { ...search, ...next } as never, replace: true, resetScroll: false });
  const words = useDeferredValue(search.q ?? '');
  const sets = useMemo(
    (): Record<Shown, readonly Entry[]> => ({
      present: entries.filter(({ former, hidden }) => !former && !hidden),
      all: entries.filter(({ hidden }) => !hidden),
      hidden: entries.filter(({ hidden }) => hidden),
    }),
    [entries],
  );
  const offered = SHOWN.filter((one) => one === 'present' || (one === 'all' ? sets.all.length > sets.present.length : sets.hidden.length > 0));
  const shown = offered.find((one) => one === search.shown) ?? 'present';
  const all = sets[shown];
  const wanted = words.trim().toLocaleLowerCase();
  const list = sorted(wanted ? all.filter((entry) => [entry.name, ...entry.words].some((text) => text?.toLocaleLowerCase().includes(wanted))) : all, sort, valueOf);
  const columns: { name: Order; text: string }[] = [
    { name: 'name', text: column },
    { name: 'last', text: t('people.last') },
    ...(withSize ? [{ name: 'size' as const, text: t('content.size') }] : []),
    { name: 'plays', text: t('home.byPlays') },
    { name: 'played', text: t('history.column.played') },
  ];
  const head = { sort, onSort: ({ by, down }: Sort<Order>) => change({ order: by, up: down ? undefined : '1' }) };
  const texts: Record<Shown, string> = { present, all: t('people.all'), hidden: t('profile.hidden') };
  return (
    <>
      <PageHead title={title} text={isAdmin ? undefined : t('profile.ownOnly')}>
        {entries.length > 5 && (
          <TextInput
            className={classes.search}
            size="sm"
            aria-label={t('facet.searchIn', { name: title })}
            placeholder={t('facet.search')}
            leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
            rightSection={search.q ? <CloseButton size="sm" aria-label={t('profile.clear')} onClick={() => change({ q: undefined })} /> : undefined}
            value={search.q ?? ''}
            onChange={(event) => change({ q: event.currentTarget.value || undefined })}
          />
        )}
        {offered.length > 1 && <Segmented label={t('people.shown')} value={shown} options={offered.map((value) => ({ value, text: texts[value] }))} onChange={(next) => change({ shown: next === 'present' ? undefined : next })} />}
        <SortChoice columns={columns} {...head} />
        {tools}
      </PageHead>
      {list.length === 0 ? (
        <Nothing title={t('profile.noMatch')} text={t('profile.noMatchText')} />
      ) : (
        <table className={classes.table}>
          <caption className="unseen">{title}</caption>
          <thead>
            <tr>
              <HeadCell name="name" text={column} first="up" {...head} />
              <HeadCell name="last" text={t('people.last')} {...head} />
              <th scope="col">{t('people.lastTitle')}</th>
              <th scope="col">{t('people.lastPlayer')}</th>
              {withSize && <HeadCell name="size" text={t('content.size')} number={classes.number} {...head} />}
              <HeadCell name="plays" text={t('home.byPlays')} number={classes.number} {...head} />
              <HeadCell name="played" text={t('history.column.played')} number={classes.number} {...head} />
            </tr>
          </thead>
          <tbody>
            {list.map((entry) => (
              <Row key={entry.id} entry={entry} withAddress={withAddress} withSize={withSize} />
            ))}
          </tbody>
        </table>
      )}
      {wanted !== '' && list.length > 0 && <p className={`${classes.foot} numbers`}>{t('profile.found', { number: format.number(list.length), all: format.number(all.length) })}</p>}
    </>
  );
}

type RowProps = { entry: Entry; withAddress: boolean; withSize: boolean };

function Row({ entry: { name, sign, link, line, former, hidden, session, size, counted, filter }, withAddress, withSize }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const play = counted?.lastPlay;
  return (
    <tr data-former={former || hidden || undefined}>
      <th scope="row">
        <span className={classes.who}>
          {sign}
          <span>
            {link}
            {line && (
              <span className={`${classes.quiet} numbers`}>
                {line}
                {withSize && size !== undefined && <span className={classes.brief}>{` · ${unbroken(format.size(size))}`}</span>}
              </span>
            )}
          </span>
        </span>
      </th>
      <td className={classes.corner} data-label={t('people.last')}>
        {session ? (
          <Link to="/activity" search={{ session }} className={classes.live}>
            {t('people.watching')}
          </Link>
        ) : counted ? (
          <time dateTime={counted.lastPlayedAt}>{format.stamp(counted.lastPlayedAt)}</time>
        ) : (
          <span className={classes.quiet}>{t('people.never')}</span>
        )}
      </td>
      <td className={classes.half}>
        {play && (
          <Link to="/history" search={{ ...filter, play: play.id }} className={classes.title} title={play.item.fullTitle}>
            {play.item.fullTitle}
          </Link>
        )}
      </td>
      <td className={classes.half}>
        {play?.player.title && (
          <Link to="/history" search={{ ...filter, player: [play.player.title] }}>
            {play.player.title}
            {play.player.platform && play.player.platform !== play.player.title && <span className={classes.quiet}>&nbsp;{play.player.platform}</span>}
          </Link>
        )}
        {withAddress && play?.player.address && (
          <Link to="/history" search={{ ...filter, address: [play.player.address] }} className={`${classes.address} numbers`}>
            {play.player.address}
          </Link>
        )}
      </td>
      {withSize && (
        <td className={`${classes.number} ${classes.size}`}>
          {size === undefined ? '–' : format.size(size)}
        </td>
      )}
      <td className={classes.number} data-label={t('home.byPlays')}>
        {counted ? (
          <Link to="/history" search={filter} aria-label={t('home.rowsOf', { name, value: format.number(counted.plays) })}>
            {format.number(counted.plays)}
          </Link>
        ) : (
          '0'
        )}
      </td>
      <td className={classes.number} data-label={t('history.column.played')}>
        {counted ? (
          <Link to="/history" search={filter} aria-label={t('home.rowsOf', { name, value: format.total(counted.played) })}>
            {format.total(counted.played)}
          </Link>
        ) : (
          '–'
        )}
      </td>
    </tr>
  );
}
