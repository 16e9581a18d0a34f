import { useCallback, useEffect, useState } from 'react';
import { address } from '../live/address';

/** The parts of the service and whether each is there; null while it is asked, a failure when nobody answers. */
export type Readiness = { state: 'asking' } | { state: 'away' } | { state: 'told'; parts: [name: string, there: boolean][] };

export function partsOf(answer: unknown): [string, boolean][] {
  const parts = typeof answer === 'object' && answer !== null && 'parts' in answer ? answer.parts : null;
  if (typeof parts !== 'object' || parts === null) return [];
  return Object.entries(parts).map(([name, there]) => [name, there === true]);
}

export function useReadiness(): [Readiness, () => void] {
  const [known, setKnown] = useState<Readiness>({ state: 'asking' });
  const ask = useCallback(() => {
    fetch(new URL('readyz', address.graphql), { headers: { accept: 'application/json' } })
      .then((response) => response.json())
      .then((answer: unknown) => setKnown({ state: 'told', parts: partsOf(answer) }))
      .catch(() => setKnown({ state: 'away' }));
  }, []);
  useEffect(ask, [ask]);
  return [known, ask];
}
