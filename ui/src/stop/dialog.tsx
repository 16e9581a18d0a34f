import '@mantine/core/styles/Input.css';
import { Button, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { now } from '../activity/now';
import { useServers } from '../account/use-account';
import { codeOf } from '../live/client';
import { useStore } from '../live/store';
import { Dialog } from '../shell/dialog';
import { notify } from '../shell/notices';
import { useProblem } from '../shell/problem';
import type { LiveSession } from '../streams/live';
import { nameOf } from '../streams/order';
import { useTitleLines } from '../streams/title-lines';
import classes from './dialog.module.css';
import { StopSessionDocument } from './stop.generated';

const MOST = 500;

/** Asks before a stream is stopped; what Plex says against it stays in the dialog. */
export function StopDialog({ session, onClose }: { session: LiveSession; onClose: () => void }) {
  const { t } = useTranslation();
  const explain = useProblem();
  const { first, second } = useTitleLines(session.item);
  const [message, setMessage] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, stop] = useMutation(StopSessionDocument);
  const runs = useStore(now, (live) => live.sessions.has(session.id));
  const server = useServers().find(({ id }) => id === session.server?.id);
  const title = [first, second].filter(Boolean).join(', ');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const { data, error } = await stop({ id: session.id, message: message.trim() });
    const payload = data?.terminateSession;
    if (payload?.terminated) {
      notify(t('stop.done', { title: first }));
      onClose();
      return;
    }
    setProblem(payload?.problem?.message ?? explain(codeOf(error)));
  };

  return (
    <Dialog title={t('stop.heading')} onClose={onClose} close={t('stop.close')}>
      <form onSubmit={submit} className={classes.form}>
        <p>{t('stop.text', { user: nameOf(session) || t('card.unknownUser'), title })}</p>
        {!runs && (
          <p role="status" className={classes.hint}>
            {t('stop.over')}
          </p>
        )}
        {server && !server.plexPass && <p className={classes.hint}>{t('stop.noPass')}</p>}
        <Textarea
          data-autofocus
          label={t('stop.message')}
          description={t('stop.messageHint')}
          placeholder={t('stop.suggestion')}
          value={message}
          maxLength={MOST}
          rows={3}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        {problem && (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            {t(runs ? 'stop.cancel' : 'stop.close')}
          </Button>
          <Button type="submit" color="danger" loading={fetching} disabled={!runs}>
            {t('stop.confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
