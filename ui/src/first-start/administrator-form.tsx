import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { learn } from '../account/access';
import { codeOf } from '../live/client';
import { useProblem } from '../shell/problem';
import { Where } from '../shell/where';
import { SetUpDocument } from './first-start.generated';
import door from '../design/door.module.css';
import classes from './page.module.css';
import { SHORTEST, strengthOf } from './strength';

const WORDS = ['weak', 'weak', 'fair', 'good', 'strong'] as const;

/** The first step: proves access to the machine with the log's token and makes the administrator. */
export function AdministratorForm() {
  const { t } = useTranslation();
  const explain = useProblem();
  const [fields, setFields] = useState({ token: '', username: '', password: '', again: '' });
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, setUp] = useMutation(SetUpDocument);
  const { token, username, password, again } = fields;
  const errors = {
    token: token.trim() ? null : t('setup.required'),
    username: username.trim() ? null : t('setup.required'),
    password: [...password].length >= SHORTEST ? null : t('setup.tooShort'),
    again: password === again ? null : t('setup.differs'),
  };
  const field = (name: keyof typeof fields) => ({
    size: 'md' as const,
    name,
    required: true,
    withAsterisk: false,
    value: fields[name],
    error: tried && errors[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      setFields((now) => ({ ...now, [name]: currentTarget.value })),
  });
  const show = { 'aria-label': t('signIn.show') };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setProblem(null);
    if (Object.values(errors).some(Boolean)) return;
    const { data, error } = await setUp({ token: token.trim(), username: username.trim(), password });
    if (!data?.setUp.signedIn) {
      const said = data?.setUp.problem;
      setProblem(said?.code === 'CONFLICT' ? t('setup.already') : (said?.message ?? explain(codeOf(error))));
      return;
    }
    await learn();
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h1>{t('setup.adminHeading')}</h1>
      <p className={classes.text}>{t('setup.adminText')}</p>
      <div>
        <TextInput {...field('token')} label={t('setup.token')} description={t('setup.tokenHint')} autoComplete="off" spellCheck={false} autoFocus />
        <Where title={t('setup.tokenWhere')} text={t('setup.tokenWhereText')} />
      </div>
      <TextInput {...field('username')} label={t('setup.name')} autoComplete="username" autoCapitalize="none" spellCheck={false} />
      <PasswordInput {...field('password')} label={t('setup.password')} autoComplete="new-password" visibilityToggleButtonProps={show} />
      <Strength password={password} />
      <PasswordInput {...field('again')} label={t('setup.again')} autoComplete="new-password" visibilityToggleButtonProps={show} />
      <div role="alert">{problem && <p className={door.notice}>{problem}</p>}</div>
      <Button type="submit" size="md" loading={fetching}>
        {t('setup.create')}
      </Button>
    </form>
  );
}

function Strength({ password }: { password: string }) {
  const { t } = useTranslation();
  const level = strengthOf(password);
  if (!password) return null;
  return (
    <div className={classes.strength} data-level={level}>
      <span aria-hidden>
        {[1, 2, 3, 4].map((n) => (
          <i key={n} data-on={n <= level || undefined} />
        ))}
      </span>
      <span role="status">
        <span className="unseen">{t('setup.strength.label')}: </span>
        {level === 0 ? t('setup.tooShort') : t(`setup.strength.${WORDS[level]}`)}
      </span>
    </div>
  );
}
