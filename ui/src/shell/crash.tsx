import { Button } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { learn } from '../account/access';
import { Unreachable } from '../account/unreachable';
import { backoff } from '../live/backoff';
import { Plain } from './plain';

/** What is shown when a page fails: either the service is away, or we have a fault. */
export function Crash({ error }: ErrorComponentProps) {
  if (error instanceof Unreachable) return <Away />;
  return <Fault isAbsent={isAbsent(error)} />;
}

/** What browsers say when a part of the program cannot be had: it was replaced by that of another version, or nobody answers. */
const ABSENT = /dynamically imported module|importing a module script failed|unable to preload/i;

function isAbsent(error: unknown): boolean {
  return error instanceof Error && ABSENT.test(error.message);
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
    <Plain title={t('problem.service')} actions={<Button onClick={() => void router.invalidate()}>{t('problem.tryAgain')}</Button>}>
      <p>{t('problem.serviceText')}</p>
      <p role="status">{t('problem.waiting')}</p>
    </Plain>
  );
}

function Fault({ isAbsent }: { isAbsent: boolean }) {
  const { t } = useTranslation();
  return (
    <Plain title={t(isAbsent ? 'problem.absent' : 'problem.crash')} actions={<Button onClick={() => location.reload()}>{t('problem.reload')}</Button>}>
      <p role="alert">{t(isAbsent ? 'problem.absentText' : 'problem.crashText')}</p>
    </Plain>
  );
}
