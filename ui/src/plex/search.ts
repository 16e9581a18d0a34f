import { useCallback } from 'react';
import { client, codeOf } from '../live/client';
import { useProblem } from '../shell/problem';
import { BeginServerSearchDocument, FindServersDocument, type FindServersMutation } from './search.generated';

type Told = readonly NonNullable<FindServersMutation['findServers']['servers']>[number][];

/** The search for the servers of an account: how one sets out for it, and what a ticket leads to. */
export function useServerSearch() {
  const explain = useProblem();

  const begin = useCallback(
    async (returnTo: string) => {
      const { data, error } = await client.mutation(BeginServerSearchDocument, { returnTo }).toPromise();
      const { url, ticket, problem } = data?.beginServerSearch ?? {};
      return url && ticket ? { url, ticket } : { why: problem?.message ?? explain(codeOf(error)) };
    },
    [explain],
  );

  const find = useCallback(
    async (ticket: string): Promise<'waiting' | { servers: Told } | { why: string; kept: boolean }> => {
      const { data, error } = await client.mutation(FindServersDocument, { ticket }).toPromise();
      const { isWaiting, servers, problem } = data?.findServers ?? {};
      if (isWaiting) return 'waiting';
      return servers ? { servers } : { why: problem?.message ?? explain(codeOf(error)), kept: !problem };
    },
    [explain],
  );

  return { begin, find };
}
