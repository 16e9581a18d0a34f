import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../live/answer';
import { client, codeOf } from '../live/client';
import type { HistoryFilter } from '../live/schema';
import { Dialog } from '../shell/dialog';
import { useProblem } from '../shell/problem';
import { Loading } from '../shell/states';
import { useFormat } from '../strings/format';
import { useUndo } from '../revisions/use-undo';
import { DeletePlaysDocument, PreviewDeletionDocument } from './history.generated';
import classes from './page.module.css';
import type { Row } from './rows';

export type What = { rowIds: readonly number[]; rows: readonly Row[] } | { filter: HistoryFilter };

/** Says what would go, and lets it go. It can be taken back for a while. */
export function DeleteDialog({ what, onClose, onDone }: { what: What; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const explain = useProblem();
  const { offer } = useUndo(onDone);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const filter = 'filter' in what ? what.filter : null;
  const variables = useMemo(() => ({ filter: filter ?? {} }), [filter]);
  const { data, failure } = useAnswer(PreviewDeletionDocument, variables, !filter);
  const count = 'filter' in what ? data?.previewDeletion.removed : what.rowIds.length;
  const examples =
    'filter' in what
      ? (data?.previewDeletion.examples ?? []).map(({ rowId, title, userName, startedAt }) => ({ key: rowId, title, who: userName, at: startedAt }))
      : what.rows.slice(0, 20).map((row) => ({
          key: row.groupRowId,
          title: row.play?.item.fullTitle ?? t('history.unknown'),
          who: row.play?.user?.friendlyName ?? t('card.unknownUser'),
          at: row.date,
        }));

  const submit = async () => {
    setBusy(true);
    setProblem(null);
    const asked = 'filter' in what ? { filter: what.filter } : { rowIds: [...what.rowIds] };
    const { data: answer, error } = await client.mutation(DeletePlaysDocument, asked).toPromise();
    setBusy(false);
    const payload = answer?.deletePlays;
    if (!payload || payload.problem) {
      setProblem(payload?.problem?.message ?? explain(codeOf(error)));
      return;
    }
    if (payload.revision) offer(t('history.deleted', { count: payload.revision.removed, number: format.number(payload.revision.removed) }), payload.revision.id);
    onClose();
    onDone();
  };

  return (
    <Dialog title={t('history.deleteHeading')} onClose={onClose} close={t('stop.close')}>
      <div className={classes.form}>
        {failure ? (
          <p role="alert" className={classes.problem}>
            {explain(failure)}
          </p>
        ) : count === undefined ? (
          <Loading lines={3} />
        ) : (
          <>
            <p>{count === 0 ? t('history.deleteNone') : t('history.deleteText', { count, number: format.number(count) })}</p>
            {examples.length > 0 && (
              <ul aria-label={t('history.examples')}>
                {examples.map(({ key, title, who, at }) => (
                  <li key={key}>
                    <span>{title}</span>
                    <span className={classes.quiet}>
                      {who}, {format.moment(at)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        {problem && (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('history.keep')}
          </Button>
          <Button color="danger" loading={busy} disabled={!count} onClick={() => void submit()}>
            {t('history.deleteConfirm', { count: count ?? 0, number: format.number(count ?? 0) })}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
