import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblem } from './problem';
import { useTitle } from './title';
import classes from './states.module.css';

/** The shape of what is on its way. */
export function Loading({ lines = 5 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" className={classes.bars}>
      {Array.from({ length: lines }, (_, n) => (
        <span key={n} aria-hidden />
      ))}
      <b className="unseen">{t('app.loading')}</b>
    </div>
  );
}

/** Nothing to show, and why; `children` say what can be done. */
export function Nothing({ title, text, icon, children }: { title: string; text?: string; icon?: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.state} role="status">
      {icon}
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}

/** A page of something that is not there; `children` lead on. */
export function NoSuch({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  useTitle(title);
  return (
    <div className={classes.state} role="status">
      <h1>{title}</h1>
      <p>{text}</p>
      {children}
    </div>
  );
}

/** It could not be asked for. */
export function Failed({ code, again }: { code: string; again: () => void }) {
  const { t } = useTranslation();
  const explain = useProblem();
  return (
    <div className={classes.state} role="alert">
      <IconCloudOff size={30} stroke={1.4} aria-hidden />
      <h2>{t('states.failed')}</h2>
      <p>{explain(code)}</p>
      <Button variant="default" size="sm" onClick={again}>
        {t('problem.tryAgain')}
      </Button>
    </div>
  );
}

/** What is shown is older than it should be, since asking again failed. */
export function Older({ code, again }: { code: string; again: () => void }) {
  const { t } = useTranslation();
  const explain = useProblem();
  return (
    <div className={classes.again} role="alert">
      <span>
        <b>{t('states.older')}</b> {explain(code)}
      </span>
      <Button variant="default" size="compact-sm" onClick={again}>
        {t('problem.tryAgain')}
      </Button>
    </div>
  );
}
