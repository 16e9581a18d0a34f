import { Button } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { Trans, useTranslation } from 'react-i18next';
import { Plain } from './plain';
import { useTitle } from './title';

/** An address that leads nowhere. */
export function Missing() {
  const { t } = useTranslation();
  const path = useLocation({ select: (place) => place.pathname });
  useTitle(t('title.missing'));
  return (
    <Plain
      title={t('problem.missing')}
      actions={
        <Button component={Link} to="/">
          {t('problem.home')}
        </Button>
      }
    >
      <p>
        <Trans t={t} i18nKey="problem.missingText" values={{ path }} components={{ code: <code /> }} />
      </p>
    </Plain>
  );
}
