import { Button } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { codeOf } from '../live/client';
import classes from '../profile/dialogs.module.css';
import { Dialog } from '../shell/dialog';
import { notify } from '../shell/notices';
import { useProblem } from '../shell/problem';
import { TokenField } from './field';
import { PlexWay } from './plex-way';
import type { Renewing } from './renewal';
import { RenewTokenDocument } from './token.generated';

/** Gives a server a new token; one that it refuses too is not kept. */
export function TokenDialog({ server, onClose }: { server: Renewing; onClose: () => void }) {
  const { id, name } = server;
  const { t } = useTranslation();
  const explain = useProblem();
  const [token, setToken] = useState('');
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, renew] = useMutation(RenewTokenDocument);

  const done = useCallback(() => {
    notify(t('token.done', { name }));
    onClose();
  }, [name, onClose, t]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setProblem(null);
    if (!token.trim()) return;
    const { data, error } = await renew({ id, input: { token: token.trim() } });
    const answer = data?.updateServer;
    if (answer?.server) return done();
    setProblem(answer?.problem?.message ?? explain(codeOf(error)));
  };

  return (
    <Dialog title={t('token.heading', { name })} onClose={onClose} close={t('stop.close')}>
      <form onSubmit={(event) => void submit(event)} noValidate className={classes.form}>
        <p>{t('token.text')}</p>
        <PlexWay server={server} onDone={done} />
        <TokenField value={token} error={tried && !token.trim() ? t('setup.required') : null} onChange={setToken} />
        <p className={classes.quiet}>{t('token.environment')}</p>
        {problem && (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            {t('profile.cancel')}
          </Button>
          <Button type="submit" loading={fetching}>
            {t('token.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
