import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { codeOf } from '../live/client';
import { useProblem } from '../shell/problem';
import { AddServerDocument, TestServerDocument } from './first-start.generated';
import door from '../design/door.module.css';
import classes from './page.module.css';

type Found = { name: string; software: string };
type Outcome = { works: Found } | { problem: string };

const ADDRESS = /^https?:\/\/[^\s/]+/i;

/** The second step: the media server, tried before it is kept. */
export function ServerForm({ onConnected, onLater }: { onConnected: (name: string) => void; onLater: () => void }) {
  const { t } = useTranslation();
  const explain = useProblem();
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [verifyTls, setVerifyTls] = useState(true);
  const [tried, setTried] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [testing, test] = useMutation(TestServerDocument);
  const [adding, add] = useMutation(AddServerDocument);
  const wrongUrl = ADDRESS.test(url.trim()) ? null : t('setup.urlBad');
  const wrongToken = token.trim() ? null : t('setup.required');
  const input = { url: url.trim(), token: token.trim(), verifyTls };

  const ready = () => {
    setTried(true);
    setOutcome(null);
    return !wrongUrl && !wrongToken;
  };
  const tryIt = async () => {
    if (!ready()) return;
    const { data, error } = await test({ input });
    const answer = data?.testServer;
    if (!answer || answer.problem) {
      setOutcome({ problem: answer?.problem?.message ?? explain(codeOf(error)) });
      return;
    }
    const software = [
      answer.version && t('server.version', { version: answer.version }),
      answer.platform && t('server.platform', { platform: answer.platform }),
    ];
    const pass = answer.plexPass ? t('server.pass') : t('server.noPass');
    setOutcome({ works: { name: answer.name ?? input.url, software: [software.filter(Boolean).join(' '), pass].join(' · ') } });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready()) return;
    const { data, error } = await add({ input });
    const answer = data?.addServer;
    if (answer?.server) onConnected(answer.server.name);
    else setOutcome({ problem: answer?.problem?.message ?? explain(codeOf(error)) });
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h1>{t('setup.serverHeading')}</h1>
      <p className={classes.text}>{t('setup.serverText')}</p>
      <TextInput
        size="md"
        type="url"
        inputMode="url"
        label={t('setup.url')}
        description={t('setup.urlHint')}
        placeholder="http://192.168.1.10:32400"
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={url}
        error={tried && wrongUrl}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <PasswordInput
        size="md"
        label={t('setup.plexToken')}
        description={t('setup.plexTokenHint')}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        value={token}
        error={tried && wrongToken}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <details className={classes.where}>
        <summary>{t('setup.plexTokenWhere')}</summary>
        <p>{t('setup.plexTokenWhereText')}</p>
      </details>
      {/^https:/i.test(url.trim()) && (
        <Checkbox
          label={t('setup.verify')}
          description={t('setup.verifyHint')}
          checked={verifyTls}
          onChange={(event) => setVerifyTls(event.currentTarget.checked)}
        />
      )}
      <div role="status">{outcome && <Result outcome={outcome} />}</div>
      <div className={classes.actions}>
        <Button size="md" variant="subtle" onClick={onLater}>
          {t('setup.later')}
        </Button>
        <Button size="md" variant="default" loading={testing.fetching} onClick={() => void tryIt()}>
          {t('setup.test')}
        </Button>
        <Button size="md" type="submit" loading={adding.fetching}>
          {t('setup.connect')}
        </Button>
      </div>
    </form>
  );
}

function Result({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation();
  if ('problem' in outcome) {
    return (
      <div className={door.notice}>
        <strong>{t('setup.failed')}</strong>
        <p>{outcome.problem}</p>
      </div>
    );
  }
  return (
    <div className={`${door.notice} ${classes.works}`}>
      <strong>{t('setup.works')}</strong>
      <p>
        {outcome.works.name} · {outcome.works.software}
      </p>
    </div>
  );
}
