import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { useAnswer } from '../live/answer';
import { useItemLink } from '../items/use-item-link';
import { useDecide } from '../profile/decide';
import { Answered } from '../profile/states';
import classes from '../profile/table.module.css';
import { useFormat } from '../strings/format';
import { DeleteSyncedDocument, UserSyncedDocument, type UserSyncedQuery } from './people.generated';

const ConfirmDialog = lazy(() => import('../profile/confirm-dialog').then((module) => ({ default: module.ConfirmDialog })));

type Row = UserSyncedQuery['syncedItems'][number];

/** What a user put on devices (LIB-07); Plex tells of the older way of doing so only. */
export function Synced({ accountId, server }: { accountId: number; server: string | undefined }) {
  const { t } = useTranslation();
  const answer = useAnswer(UserSyncedDocument, useMemo(() => ({ serverId: server }), [server]));
  const isAdmin = useIsAdmin();
  const own = ({ syncedItems }: UserSyncedQuery) => syncedItems.filter((row) => row.accountId === accountId);
  return (
    <Answered answer={answer} none={{ title: t('people.noSynced'), text: t('people.noSyncedText') }} isEmpty={(data) => own(data).length === 0}>
      {(data) => (
        <>
          <table className={classes.table}>
            <caption className="unseen">{t('people.synced')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('history.column.title')}</th>
                <th scope="col">{t('people.device')}</th>
                <th scope="col">{t('people.state')}</th>
                <th scope="col" className={classes.number}>
                  {t('people.items')}
                </th>
                <th scope="col" className={classes.number}>
                  {t('content.size')}
                </th>
                {isAdmin && (
                  <th scope="col" className={classes.act}>
                    <span className="unseen">{t('people.removeSyncedConfirm')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {own(data).map((row) => (
                <Line key={row.id} row={row} server={server} onGone={answer.again} />
              ))}
            </tbody>
          </table>
          <p className={classes.foot}>{t('people.syncedNote')}</p>
        </>
      )}
    </Answered>
  );
}

const STATES = ['pending', 'complete', 'failed'] as const;

function Line({ row, server, onGone }: { row: Row; server: string | undefined; onGone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isAdmin = useIsAdmin();
  const linkTo = useItemLink(server);
  const decide = useDecide();
  const [asking, setAsking] = useState(false);
  const known = STATES.find((state) => state === row.state);
  const remove = async () => {
    const why = server ? await decide(DeleteSyncedDocument, { serverId: server, clientId: row.clientId, id: row.id }, ({ deleteSyncedItem }) => deleteSyncedItem) : null;
    if (why === null) onGone();
    return why;
  };
  const count = row.itemCount ?? 0;
  return (
    <tr>
      <th scope="row">
        <span className={classes.who}>
          <span>
            {row.ratingKey ? (
              <Link to="/item" search={linkTo(row.ratingKey)}>
                {row.title}
              </Link>
            ) : (
              row.title
            )}
            {row.rootTitle !== row.title && <span className={classes.quiet}>{row.rootTitle}</span>}
          </span>
        </span>
      </th>
      <td className={classes.wide}>
        <span>
          {row.device} <span className={classes.quiet}>{row.platform}</span>
        </span>
      </td>
      <td data-label={t('people.state')}>
        {known ? t(`people.states.${known}`) : row.state}
        {row.failure && <span className={classes.quiet}> {row.failure}</span>}
      </td>
      <td className={classes.number} data-label={t('people.items')}>
        {row.itemDownloadedCount != null && row.itemDownloadedCount < count ? t('people.itemsOf', { done: format.number(row.itemDownloadedCount), all: format.number(count) }) : format.number(count)}
        {row.itemCompleteCount != null && row.itemCompleteCount < count && <span className={classes.quiet}> · {t('people.itemsReady', { number: format.number(row.itemCompleteCount) })}</span>}
      </td>
      <td className={classes.number} data-label={t('content.size')}>
        {row.totalSize ? format.size(row.totalSize) : '–'}
      </td>
      {isAdmin && (
        <td className={classes.act}>
          <ActionIcon size={28} aria-label={t('people.removeSynced', { title: row.title })} onClick={() => setAsking(true)}>
            <IconTrash size={16} stroke={1.7} />
          </ActionIcon>
          {asking && (
            <Suspense fallback={null}>
              <ConfirmDialog title={t('people.removeSynced', { title: row.title })} text={t('people.removeSyncedText')} action={t('people.removeSyncedConfirm')} run={remove} onClose={() => setAsking(false)} />
            </Suspense>
          )}
        </td>
      )}
    </tr>
  );
}
