import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../account/access';
import { hangUp } from '../live/socket';
import { notify } from './notices';

/** Signs out and goes to the sign-in page. */
export function useSignOut(): () => void {
  const router = useRouter();
  const { t } = useTranslation();
  return useCallback(() => {
    void signOut().then(async () => {
      hangUp();
      await router.navigate({ to: '/sign-in', search: {} });
      notify(t('account.signedOut'));
    });
  }, [router, t]);
}
