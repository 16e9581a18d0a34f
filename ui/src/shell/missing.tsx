import { Button } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { Trans, useTranslation } from 'react-i18next';
import { Mark } from './mark';
import classes from './plain.module.css';
import { useTitle } from './title';

/** An address that leads nowhere. */
export function Missing() {
  const { t } = useTranslation();
  const path = useLocation({ select: (place) => place.pathname });
  useTitle(t('title.missing'));
  return (
    <main className={classes.page}>
      <Mark size={44} />
      <h1>{t('problem.missing')}</h1>
      <p>
        <Trans t={t} i18nKey="problem.missingText" values={{ path }} components={{ code: <code /> }} />
      </p>
      <div className={classes.actions}>
        <Button component={Link} to="/">
          {t('problem.home')}
        </Button>
      </div>
    </main>
  );
}
