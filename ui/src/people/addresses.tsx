import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../history/filter';
import { useAnswer } from '../live/answer';
import { HeadCell } from '../profile/head-cell';
import { sorted, type Sort } from '../profile/sorted';
import { Answered } from '../profile/states';
import classes from '../profile/table.module.css';
import { useProblem } from '../shell/problem';
import { useFormat } from '../strings/format';
import { isPrivate, placeText } from './address';
import { AddressPlaceDocument, UserAddressesDocument, type UserAddressesQuery } from './people.generated';

type Row = UserAddressesQuery['addressTotals'][number];
type Key = 'lastSeenAt' | 'firstSeenAt' | 'address' | 'plays';

/** Where a user has played from; places and networks are asked for one by one. */
export function Addresses({ accountId, filter }: { accountId: number; filter: Filter }) {
  const { t } = useTranslation();
  const [sort, setSort] = useState<Sort<Key>>({ by: 'lastSeenAt', down: true });
  const answer = useAnswer(UserAddressesDocument, useMemo(() => ({ accountId }), [accountId]));
  const head = { sort, onSort: setSort };
  return (
    <Answered answer={answer} none={{ title: t('people.noAddresses'), text: t('people.noAddressesText') }} isEmpty={({ addressTotals }) => addressTotals.length === 0}>
      {({ addressTotals }) => (
        <>
          <table className={classes.table}>
            <caption className="unseen">{t('people.addresses')}</caption>
            <thead>
              <tr>
                <HeadCell name="address" text={t('facet.address')} first="up" {...head} />
                <HeadCell name="lastSeenAt" text={t('people.lastSeen')} {...head} />
                <HeadCell name="firstSeenAt" text={t('people.firstSeen')} {...head} />
                <th scope="col">{t('people.lastTitle')}</th>
                <th scope="col">{t('people.lastPlayer')}</th>
                <HeadCell name="plays" text={t('home.byPlays')} number={classes.number} {...head} />
              </tr>
            </thead>
            <tbody>
              {sorted(addressTotals, sort, (row, key) => row[key]).map((row) => (
                <Line key={row.address} row={row} filter={filter} />
              ))}
            </tbody>
          </table>
          <p className={classes.foot}>{t('people.addressesNote')}</p>
        </>
      )}
    </Answered>
  );
}

function Line({ row: { address, firstSeenAt, lastSeenAt, plays, lastPlay }, filter }: { row: Row; filter: Filter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = address || t('people.noAddress');
  const from: Filter = { ...filter, address: [address] };
  return (
    <tr>
      <th scope="row">
        <span className={classes.who}>
          <span>
            <span className={classes.code}>{name}</span>
            {address && (isPrivate(address) ? <span className={classes.quiet}>{t('people.localNetwork')}</span> : <Place address={address} />)}
            {address && (
              <span className={classes.quiet}>
                <Link to="/history" search={{ address: [address] }}>
                  {t('people.everybody')}
                </Link>
              </span>
            )}
          </span>
        </span>
      </th>
      <td className={classes.wide} data-label={t('people.lastSeen')}>
        <time dateTime={lastSeenAt}>{format.stamp(lastSeenAt)}</time>
      </td>
      <td className={classes.wide} data-label={t('people.firstSeen')}>
        <time dateTime={firstSeenAt}>{format.stamp(firstSeenAt)}</time>
      </td>
      <td className={classes.wide}>
        {lastPlay && (
          <Link to="/history" search={{ ...filter, play: lastPlay.id }} className={classes.title} title={lastPlay.item.fullTitle}>
            {lastPlay.item.fullTitle}
          </Link>
        )}
      </td>
      <td className={classes.wide}>
        {lastPlay && (
          <span>
            {lastPlay.player.title} {lastPlay.player.platform !== lastPlay.player.title && <span className={classes.quiet}>{lastPlay.player.platform}</span>}
          </span>
        )}
      </td>
      <td className={classes.number} data-label={t('home.byPlays')}>
        {address ? (
          <Link to="/history" search={from} aria-label={t('home.rowsOf', { name, value: format.number(plays) })}>
            {format.number(plays)}
          </Link>
        ) : (
          format.number(plays)
        )}
      </td>
    </tr>
  );
}

/** Where an address is and whose, once somebody wants to know. */
function Place({ address }: { address: string }) {
  const { t } = useTranslation();
  const explain = useProblem();
  const [wanted, setWanted] = useState(false);
  const { data, failure, asking, again } = useAnswer(AddressPlaceDocument, useMemo(() => ({ address }), [address]), !wanted);
  if (data) {
    const { place, owner } = placeText(data);
    return (
      <span className={classes.quiet} role="status">
        {place ?? t('people.placeUnknown')}
        <br />
        {owner ?? t('people.ownerUnknown')}
      </span>
    );
  }
  return (
    <span role="status">
      {failure && <span className={classes.bad}>{explain(failure)}</span>}
      <Button variant="subtle" size="compact-sm" className={classes.ask} loading={asking && wanted} onClick={() => (wanted ? again() : setWanted(true))} aria-label={failure ? undefined : `${t('people.locate')} ${address}`}>
        {t(failure ? 'problem.tryAgain' : 'people.locate')}
      </Button>
    </span>
  );
}
