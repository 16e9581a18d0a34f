import { Button, Checkbox, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { codeOf } from '../live/client';
import { endJourney } from '../plex/journey';
import trip from '../plex/trip.module.css';
import { useProblem } from '../shell/problem';
import { TokenField } from '../token/field';
import { AddServerDocument, TestServerDocument } from './first-start.generated';
import door from '../design/door.module.css';
import classes from './page.module.css';
import { ServerSearch, type Choice } from './search';

type Found = { name: string; software: string };
type Outcome = { works: Found } | { problem: string };

const ADDRESS = /^https?:\/\/[^\s/]+/i;

/** The second step: the media server, tried before it is kept. */
type Props = { isBack: boolean; onConnected: (name: string) => void; onLater: () => void };

export function ServerForm({ isBack, onConnected, onLater }: Props) {
  const { t } = useTranslation();
  const explain = useProblem();
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [choice, setChoice] = useState<Choice | null>(null);
  const [verifyTls, setVerifyTls] = useState(true);
  const [tried, setTried] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [testing, test] = useMutation(TestServerDocument);
  const [adding, add] = useMutation(AddServerDocument);
  const wrongUrl = ADDRESS.test(url.trim()) ? null : t('setup.urlBad');
  const wrongToken = choice || token.trim() ? null : t('setup.required');
  const input = { url: url.trim(), verifyTls, ...(choice ? { found: choice.found } : { token: token.trim() }) };
  const choose = useCallback((found: Choice) => {
    setChoice(found);
    setUrl(found.url);
    setOutcome(null);
  }, []);

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
    if (answer?.server) {
      endJourney('setup');
      onConnected(answer.server.name);
    } else setOutcome({ problem: answer?.problem?.message ?? explain(codeOf(error)) });
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h1>{t('setup.serverHeading')}</h1>
      <p className={classes.text}>{t('setup.serverText')}</p>
      <ServerSearch isBack={isBack} chosen={choice} onChoose={choose} />
      <p className={trip.or}>{t(choice ? 'setup.byHandToo' : 'setup.byHand')}</p>
      <TextInput
        size="md"
        type="url"
        inputMode="url"
        label={t('setup.url')}
        description={t('setup.urlHint')}
        placeholder="http://192.168.1.10:32400"
        autoComplete="off"
        spellCheck={false}
        value={url}
        error={tried && wrongUrl}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      {choice ? (
        <p className={classes.token}>
          {t('setup.tokenByPlex')}{' '}
          <button type="button" onClick={() => setChoice(null)}>
            {t('setup.ownToken')}
          </button>
        </p>
      ) : (
        <TokenField size="md" value={token} error={tried ? wrongToken : null} onChange={setToken} />
      )}
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
