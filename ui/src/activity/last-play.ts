import { useEffect } from 'react';
import { useQuery } from 'urql';
import { LastPlayDocument } from './last-play.generated';

/** A play comes into the history a moment after its stream has gone; a busy machine takes longer. */
const LATER = [1_000, 4_000, 15_000];

/** The play that ended last, asked again for a while: whoever uses this does so when the last stream has just gone. */
export function useLastPlay() {
  const [{ data }, ask] = useQuery({ query: LastPlayDocument });
  useEffect(() => {
    const timers = LATER.map((after) => setTimeout(() => ask({ requestPolicy: 'network-only' }), after));
    return () => timers.forEach(clearTimeout);
  }, [ask]);
  return data?.history.nodes[0]?.play;
}
