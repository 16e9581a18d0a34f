import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsAdmin } from '../account/use-account';
import { notify } from '../shell/notices';
import classes from './profile.module.css';

/** It is hidden; administrators can show it again. */
export function HiddenNotice({ text, show, onDone }: { text: string; show: () => Promise<string | null>; onDone: () => void }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const why = await show();
    setBusy(false);
    if (why === null) onDone();
    else notify(why, 'bad');
  };
  return (
    <div role="status" className={classes.notice}>
      <span>{text}</span>
      {isAdmin && (
        <Button variant="default" size="compact-sm" loading={busy} onClick={() => void run()}>
          {t('profile.show')}
        </Button>
      )}
    </div>
  );
}
