import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/PasswordInput.css';
import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Where } from '../shell/where';

type Props = { value: string; error: string | null; size?: 'sm' | 'md'; first?: boolean; onChange: (value: string) => void };

/** Asks for a token of Plex, and tells where one is found. */
export function TokenField({ value, error, size, first, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div>
      <PasswordInput
        size={size ?? 'sm'}
        label={t('setup.plexToken')}
        description={t('setup.plexTokenHint')}
        autoComplete="off"
        data-autofocus={first || undefined}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Where title={t('setup.plexTokenWhere')} text={t('setup.plexTokenWhereText')} />
    </div>
  );
}
