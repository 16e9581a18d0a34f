import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../live/store';
import { allStrings } from '../strings/i18n';
import { renewal } from './renewal';

// It may open over the first page, which has only its own words.
const TokenDialog = lazy(() => Promise.all([import('./dialog'), allStrings()]).then(([module]) => ({ default: module.TokenDialog })));

/** The way out of a refused token. */
export function RenewButton({ server: { id, name } }: { server: { id: string; name: string } }) {
  const { t } = useTranslation();
  return (
    <Button size="compact-sm" variant="default" leftSection={<IconKey size={15} stroke={1.8} aria-hidden />} onClick={() => renewal.set({ id, name, isBack: false })}>
      {t('trouble.renew')}
    </Button>
  );
}

/** Where the dialog stands, once for the whole frame. */
export function Renewal() {
  const server = useStore(renewal, (wanted) => wanted);
  if (!server) return null;
  return (
    <Suspense fallback={null}>
      <TokenDialog server={server} onClose={() => renewal.set(null)} />
    </Suspense>
  );
}
