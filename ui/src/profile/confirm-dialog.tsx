import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../shell/dialog';
import classes from './dialogs.module.css';

type Props = { title: string; text: string; action: string; run: () => Promise<string | null>; onClose: () => void };

/** Asks before something is done that cannot be taken back; `run` tells why it was not. */
export function ConfirmDialog({ title, text, action, run, onClose }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async () => {
    setBusy(true);
    const why = await run();
    setBusy(false);
    setProblem(why);
    if (why === null) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} close={t('stop.close')}>
      <div className={classes.form}>
        <p>{text}</p>
        {problem && (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('profile.cancel')}
          </Button>
          <Button color="danger" loading={busy} onClick={() => void submit()}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
