import { useEffect, useRef, useState } from 'react';
import type { Server } from '../account/access';
import { useAnswer, type Answer } from '../live/answer';
import { RecentlyAddedDocument, type RecentlyAddedQuery } from './added.generated';
import { askFor, type Kind } from './kinds';

/** Whoever comes back to the page after so long wants to know what came meanwhile. */
const OLD = 5 * 60_000;

export const BLIND: ReadonlySet<string> = new Set(['UNREACHABLE', 'TOKEN_REFUSED']);

/**
 * What came into the libraries of a server last, with what was known of it when no more could be asked for: whoever uses
 * this for another kind or server is another component. Asked again when the server is back, and when somebody looks again
 * after a while.
 */
export function useAdded(server: Server | undefined, kind: Kind, first: number): Answer<RecentlyAddedQuery> & { blind: boolean } {
  const answer = useAnswer(RecentlyAddedDocument, { server: server?.id ?? null, ...askFor(kind), first });
  const blind = !!server && BLIND.has(server.link.state);
  const { again } = answer;
  const was = useRef(blind);
  useEffect(() => {
    if (was.current && !blind) again();
    was.current = blind;
  }, [blind, again]);
  useEffect(() => {
    let at = Date.now();
    const seen = () => {
      if (document.visibilityState !== 'visible' || Date.now() - at < OLD) return;
      at = Date.now();
      again();
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [again]);
  const { data, failure } = answer;
  const [kept, setKept] = useState(data);
  if (data && data !== kept) setKept(data);
  return { ...answer, data: data ?? (failure ? kept : undefined), blind };
}
