import { Button } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../live/answer';
import { client, codeOf } from '../live/client';
import { HeadCell } from '../profile/head-cell';
import { sorted, type Sort } from '../profile/sorted';
import { Answered } from '../profile/states';
import classes from '../profile/table.module.css';
import { notify } from '../shell/notices';
import { useProblem } from '../shell/problem';
import { useFormat } from '../strings/format';
import { agentText } from './address';
import { EndSignInsDocument, UserSignInsDocument, type UserSignInsQuery } from './people.generated';

type Row = UserSignInsQuery['signIns']['entries'][number];
type Key = 'at' | 'address';

/** When and from where somebody came in here; open sessions can be ended. */
export function SignIns({ accountId }: { accountId: number }) {
  const { t } = useTranslation();
  const [sort, setSort] = useState<Sort<Key>>({ by: 'at', down: true });
  const answer = useAnswer(UserSignInsDocument, useMemo(() => ({ accountId }), [accountId]));
  const head = { sort, onSort: setSort };
  return (
    <Answered answer={answer} none={{ title: t('people.noSignIns'), text: t('people.noSignInsText') }} isEmpty={({ signIns }) => signIns.entries.length === 0}>
      {({ signIns }) => (
        <table className={classes.table}>
          <caption className="unseen">{t('people.signIns')}</caption>
          <thead>
            <tr>
              <HeadCell name="at" text={t('facet.when')} {...head} />
              <th scope="col">{t('people.outcome')}</th>
              <HeadCell name="address" text={t('facet.address')} first="up" {...head} />
              <th scope="col">{t('people.browser')}</th>
              <th scope="col">{t('people.calledHost')}</th>
              <th scope="col">{t('people.openUntil')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted(signIns.entries, sort, (row, key) => row[key])
              .slice(0, MOST)
              .map((row) => (
                <Line key={row.rowId} row={row} onEnded={answer.again} />
              ))}
          </tbody>
        </table>
      )}
    </Answered>
  );
}

const MOST = 200;

function Line({ row, onEnded }: { row: Row; onEnded: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const explain = useProblem();
  const [busy, setBusy] = useState(false);
  const Sign = row.success ? IconCheck : IconX;
  const end = async () => {
    setBusy(true);
    const { error } = await client.mutation(EndSignInsDocument, { rowIds: [row.rowId] }).toPromise();
    setBusy(false);
    if (error) notify(explain(codeOf(error)), 'bad');
    else onEnded();
  };
  return (
    <tr>
      <th scope="row">
        <time dateTime={row.at}>{format.stamp(row.at)}</time>
      </th>
      <td>
        <span className={classes.outcome} data-good={row.success}>
          <Sign size={15} stroke={2} aria-hidden /> {t(row.success ? 'people.cameIn' : 'people.refused')}
        </span>
      </td>
      <td className={classes.code} data-label={t('facet.address')}>
        {row.address}
      </td>
      <td className={classes.wide}>{row.agent ? agentText(row.agent) : null}</td>
      <td className={classes.wide}>{row.host}</td>
      <td className={classes.wide}>
        {row.expiresAt && (
          <>
            {format.moment(row.expiresAt)}{' '}
            <Button variant="default" size="compact-sm" loading={busy} onClick={() => void end()}>
              {t('people.endSignIn')}
            </Button>
          </>
        )}
      </td>
    </tr>
  );
}
