import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const KNOWN = ['UNREACHABLE', 'UNAUTHENTICATED', 'FORBIDDEN', 'UNAVAILABLE', 'UPSTREAM'] as const;

/** A sentence for a failure's code, for failures that bring none of their own. */
export function useProblem(): (code: string | undefined) => string {
  const { t } = useTranslation();
  return useCallback(
    (code) => {
      const known = KNOWN.find((name) => name === code);
      return t(`problem.${known ?? 'INTERNAL'}`);
    },
    [t],
  );
}
