import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { access } from '../account/access';
import { useStore } from '../live/store';
import { Plain } from './plain';
import { useSignOut } from './sign-out';
import { useTitle } from './title';

/** A page that is not for whoever is signed in. */
export function NoPermission() {
  const { t } = useTranslation();
  const name = useStore(access, (now) => (now.phase === 'in' ? now.viewer.name : null));
  const signOut = useSignOut();
  useTitle(t('title.refused'));
  return (
    <Plain
      title={t('problem.refused')}
      actions={
        <>
          {name !== null && (
            <Button component={Link} to="/">
              {t('problem.home')}
            </Button>
          )}
          <Button variant={name === null ? 'filled' : 'default'} onClick={signOut}>
            {t('problem.otherAccount')}
          </Button>
        </>
      }
    >
      <p>{name === null ? t('problem.refusedAll') : t('problem.refusedText', { name })}</p>
    </Plain>
  );
}
