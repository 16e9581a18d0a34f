import { CombinedError, createClient, fetchExchange, mapExchange } from 'urql';
import { address } from './address';

type Listener = () => void;
const strangers = new Set<Listener>();

/** Calls back whenever the service no longer knows who we are. */
export function onStranger(listener: Listener): () => void {
  strangers.add(listener);
  return () => strangers.delete(listener);
}

export function tellStranger(): void {
  for (const listener of strangers) listener();
}

/** The stable code of the first failure that has one; UNREACHABLE when there was no answer at all. */
export function codeOf(error: CombinedError | undefined): string | undefined {
  if (!error) return undefined;
  for (const failure of error.graphQLErrors) {
    const code = failure.extensions['code'];
    if (typeof code === 'string') return code;
  }
  return error.networkError ? 'UNREACHABLE' : 'INTERNAL';
}

// Nothing is cached: live data comes by subscription, and what a page asks for once it wants fresh.
export const client = createClient({
  url: address.graphql,
  preferGetMethod: false,
  fetchOptions: { credentials: 'same-origin', headers: { accept: 'application/json' } },
  exchanges: [
    mapExchange({
      onError(error) {
        if (codeOf(error) === 'UNAUTHENTICATED') tellStranger();
      },
    }),
    fetchExchange,
  ],
});
