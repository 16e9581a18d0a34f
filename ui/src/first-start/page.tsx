import '@mantine/core/styles/Checkbox.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/PasswordInput.css';
import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { access, learn } from '../account/access';
import { useStore } from '../live/store';
import { Mark } from '../shell/mark';
import { useTitle } from '../shell/title';
import { AdministratorForm } from './administrator-form';
import door from '../design/door.module.css';
import classes from './page.module.css';
import { ServerForm } from './server-form';

const STEPS = 3;

/** From nothing to the first stream: an administrator, a media server, done. A reload goes on where it was. */
export function FirstStart() {
  const { t } = useTranslation();
  const phase = useStore(access, (now) => now.phase);
  const [connected, setConnected] = useState<string | null>(null);
  const navigate = useNavigate();
  const { by } = useSearch({ from: '/setup' });
  useTitle(t('title.setup'));
  const step = connected !== null ? 3 : phase === 'in' ? 2 : 1;
  const leave = (to: '/activity' | '/import' = '/activity') => void learn().then(() => navigate({ to, replace: true }));
  return (
    <main className={door.page}>
      <div className={`${door.panel} ${classes.panel}`}>
        <div className={classes.head}>
          <Mark size={40} />
          <div className={classes.steps} role="img" aria-label={t('setup.step', { now: step, all: STEPS })}>
            {[1, 2, 3].map((n) => (
              <span key={n} data-done={n <= step || undefined} />
            ))}
          </div>
        </div>
        {step === 1 && <AdministratorForm />}
        {step === 2 && <ServerForm isBack={by === 'plex'} onConnected={setConnected} onLater={() => leave()} />}
        {connected !== null && (
          <div className={classes.form}>
            <h1>{t('setup.doneHeading')}</h1>
            <p className={classes.text}>{t('setup.doneText', { name: connected })}</p>
            <Button size="md" onClick={() => leave()} autoFocus>
              {t('setup.finish')}
            </Button>
            <Button size="md" variant="default" onClick={() => leave('/import')}>
              {t('setup.bring')}
            </Button>
          </div>
        )}
      </div>
    </main>
  );
}
