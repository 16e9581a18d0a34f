import { useCallback } from 'react';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { client, codeOf } from '../live/client';
import { useProblem } from '../shell/problem';

type Told = { problem?: { message: string } | null };

/** Asks for something to be done; tells why it was not, or null. */
export function useDecide() {
  const explain = useProblem();
  return useCallback(
    async <Data, Variables extends AnyVariables>(document: TypedDocumentNode<Data, Variables>, variables: Variables, told: (data: Data) => Told): Promise<string | null> => {
      const { data, error } = await client.mutation(document, variables).toPromise();
      return data ? (told(data).problem?.message ?? null) : explain(codeOf(error));
    },
    [explain],
  );
}
