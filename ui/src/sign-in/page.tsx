import '@mantine/core/styles/Checkbox.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/PasswordInput.css';
import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { access, learn } from '../account/access';
import { codeOf } from '../live/client';
import { useStore } from '../live/store';
import { Mark } from '../shell/mark';
import { useProblem } from '../shell/problem';
import { useTitle } from '../shell/title';
import door from '../design/door.module.css';
import trip from '../plex/trip.module.css';
import classes from './page.module.css';
import { PlexWay } from './plex-way';
import { SignInDocument } from './sign-in.generated';

type Wrong = { heading: string | null; text: string };

export function SignIn() {
  const { t } = useTranslation();
  const explain = useProblem();
  const router = useRouter();
  const { to, by } = useSearch({ from: '/sign-in' });
  const byPlex = useStore(access, (now) => 'service' in now && now.service.plexSignIn);
  const demo = useStore(access, (now) => ('service' in now ? now.service.demo : null));
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(true);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [busy, setBusy] = useState(false);
  const [, signIn] = useMutation(SignInDocument);
  useTitle(t('title.signIn'));

  const enter = async (username: string, secret: string) => {
    setBusy(true);
    setWrong(null);
    const { data, error } = await signIn({ username, password: secret, remember });
    if (data?.signIn.signedIn) {
      await learn();
      await router.navigate({ href: to ?? '/', replace: true });
      return;
    }
    setBusy(false);
    const problem = data?.signIn.problem;
    if (!problem) setWrong({ heading: null, text: explain(codeOf(error)) });
    else if (problem.code === 'LIMITED') setWrong({ heading: t('signIn.limited'), text: problem.message });
    else setWrong({ heading: null, text: problem.code === 'UNAUTHENTICATED' ? t('signIn.wrong') : problem.message });
  };

  const arrive = useCallback(
    async (wanted: string | null) => {
      await learn();
      await router.navigate({ href: wanted ?? '/', replace: true });
    },
    [router],
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && password) void enter(name.trim(), password);
    else setWrong({ heading: null, text: t('signIn.missing') });
  };

  return (
    <main className={door.page}>
      <div className={`${door.panel} ${classes.panel}`}>
        <p className={classes.brand}>
          <Mark size={44} /> {t('app.name')}
        </p>
        <div>
          <h1>{t('signIn.heading')}</h1>
          {!demo && <p className={classes.account}>{t(byPlex ? 'signIn.plexHint' : 'signIn.account')}</p>}
        </div>
        {demo && (
          <div className={classes.demo}>
            <p>{t('demo.why')}</p>
            <Button fullWidth size="md" loading={busy} onClick={() => void enter(demo.username, demo.password)}>
              {t('demo.enter')}
            </Button>
          </div>
        )}
        {(byPlex || by === 'plex') && (
          <>
            <PlexWay remember={remember} to={to ?? null} isBack={by === 'plex'} onIn={arrive} />
            <p className={trip.or}>{t('signIn.plexOr')}</p>
          </>
        )}
        <form onSubmit={submit} noValidate className={classes.form}>
          <TextInput
            size="md"
            label={t('signIn.name')}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={!demo && !byPlex}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            size="md"
            label={t('signIn.password')}
            name="password"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Checkbox
            label={t('signIn.remember')}
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
          <div role="alert">
            {wrong && (
              <div className={door.notice}>
                {wrong.heading && <strong>{wrong.heading}</strong>}
                <p>{wrong.text}</p>
              </div>
            )}
          </div>
          <Button type="submit" size="md" fullWidth variant={demo || byPlex ? 'default' : 'filled'} loading={busy}>
            {t('signIn.submit')}
          </Button>
        </form>
      </div>
    </main>
  );
}
