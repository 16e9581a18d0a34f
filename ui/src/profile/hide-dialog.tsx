import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PreviewDeletionDocument } from '../history/history.generated';
import { useAnswer } from '../live/answer';
import { client } from '../live/client';
import type { HistoryFilter } from '../live/schema';
import { NewestRevisionDocument } from '../revisions/undo.generated';
import { useUndo } from '../revisions/use-undo';
import { Dialog } from '../shell/dialog';
import { notify } from '../shell/notices';
import { useProblem } from '../shell/problem';
import { Loading } from '../shell/states';
import { useFormat } from '../strings/format';
import classes from './dialogs.module.css';

/** How it is hidden and shown again; both tell why not. */
export type Hiding = { title: string; text: string; done: string; hide: () => Promise<string | null>; show: () => Promise<string | null> };

const newest = async () => (await client.query(NewestRevisionDocument, {}).toPromise()).data?.revisions[0];

/** Hides a user or a library with all plays, after saying how many; with the way back. */
export function HideDialog({ title, text, done, hide, show, plays, onClose, onDone }: Hiding & { plays: HistoryFilter; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const explain = useProblem();
  const { undo } = useUndo(onDone);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { data, failure } = useAnswer(PreviewDeletionDocument, useMemo(() => ({ filter: plays }), [plays]));
  const count = data?.previewDeletion.removed;

  const submit = async () => {
    setBusy(true);
    const before = await newest();
    const why = await hide();
    const after = why === null && count ? await newest() : undefined;
    setBusy(false);
    setProblem(why);
    if (why !== null) return;
    const deletion = after && after.id !== before?.id && after.kind === 'DELETE' ? after.id : null;
    const back = async () => {
      const whyNot = await show();
      if (whyNot !== null) notify(whyNot, 'bad');
      else if (deletion) await undo(deletion);
      else onDone();
    };
    notify(done, 'plain', { label: t('revisions.undo'), run: () => void back() });
    onClose();
    onDone();
  };

  return (
    <Dialog title={title} onClose={onClose} close={t('stop.close')}>
      <div className={classes.form}>
        <p>{text}</p>
        {failure ? (
          <p role="alert" className={classes.problem}>
            {explain(failure)}
          </p>
        ) : count === undefined ? (
          <Loading lines={1} />
        ) : (
          <p>{count === 0 ? t('profile.hideNoPlays') : t('history.deleteText', { count, number: format.number(count) })}</p>
        )}
        {problem && (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('profile.cancel')}
          </Button>
          <Button color="danger" loading={busy} disabled={count === undefined} onClick={() => void submit()}>
            {t('profile.hideConfirm')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
