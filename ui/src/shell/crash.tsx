import { Button } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { learn } from '../account/access';
import { Unreachable } from '../account/unreachable';
import { backoff } from '../live/backoff';
import { Mark } from './mark';
import classes from './plain.module.css';

/** What is shown when a page fails: either the service is away, or we have a fault. */
export function Crash({ error }: ErrorComponentProps) {
  return error instanceof Unreachable ? <Away /> : <Fault />;
}

function Away() {
  const { t } = useTranslation();
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const attempt = (count: number) => {
      timer = setTimeout(async () => {
        const now = await learn();
        if (now.phase === 'unreachable') attempt(count + 1);
        else void router.invalidate();
      }, backoff(count + 1, Math.random()));
    };
    attempt(0);
    return () => clearTimeout(timer);
  }, [router]);
  return (
    <main className={classes.page}>
      <Mark size={44} />
      <h1>{t('problem.service')}</h1>
      <p>{t('problem.serviceText')}</p>
      <p role="status">{t('problem.waiting')}</p>
      <div className={classes.actions}>
        <Button onClick={() => void router.invalidate()}>{t('problem.tryAgain')}</Button>
      </div>
    </main>
  );
}

function Fault() {
  const { t } = useTranslation();
  return (
    <main className={classes.page} role="alert">
      <Mark size={44} />
      <h1>{t('problem.crash')}</h1>
      <p>{t('problem.crashText')}</p>
      <div className={classes.actions}>
        <Button onClick={() => location.reload()}>{t('problem.reload')}</Button>
      </div>
    </main>
  );
}
