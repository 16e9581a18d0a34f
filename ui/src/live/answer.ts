import { useEffect, useState } from 'react';
import { useQuery, type AnyVariables, type TypedDocumentNode } from 'urql';
import { codeOf } from './client';
import { connection } from './socket';

/** What the service said. While it is asked again, or after it could not be, `data` is the answer before. */
export type Answer<Data> = {
  data: Data | undefined;
  /** The code of a failure. */
  failure: string | undefined;
  asking: boolean;
  again: () => void;
};

/** Asks, and asks again when the line has been lost and is back. */
export function useAnswer<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  pause = false,
): Answer<Data> {
  const [{ data, error, fetching }, ask] = useQuery({ query, variables, pause } as Parameters<typeof useQuery<Data, Variables>>[0]);
  useEffect(() => {
    if (pause) return;
    let lost = false;
    return connection.listen(() => {
      const { state } = connection.get();
      if (state === 'lost') lost = true;
      if (state !== 'open' || !lost) return;
      lost = false;
      ask();
    });
  }, [ask, pause]);
  // A failure brings nothing, or null: what was known of the same question stays.
  const question = JSON.stringify(variables);
  const [kept, setKept] = useState({ question, data });
  if (data && !fetching && (kept.data !== data || kept.question !== question)) setKept({ question, data });
  const before = error && kept.question === question ? kept.data : undefined;
  return { data: data ?? before, failure: error ? codeOf(error) : undefined, asking: fetching, again: ask };
}

/** What an answer is of, while another one is asked for: what was wanted when it was asked. */
export function useAsked<Wanted>(wanted: Wanted, asking: boolean): Wanted {
  const [asked, setAsked] = useState(wanted);
  if (!asking && asked !== wanted && JSON.stringify(asked) !== JSON.stringify(wanted)) setAsked(wanted);
  return asking ? asked : wanted;
}
