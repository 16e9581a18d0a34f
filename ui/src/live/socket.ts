import { createClient, type Client } from 'graphql-ws';
import { getOperationName, stringifyDocument, type TypedDocumentNode } from 'urql';
import { address } from './address';
import { backoff } from './backoff';
import { tellStranger } from './client';
import { createStore } from './store';

/** Our own connection to the service. `retryAt` is when it is tried again by itself. */
export type Connection =
  | { state: 'idle' }
  | { state: 'connecting' }
  | { state: 'open' }
  | { state: 'lost'; since: number; retryAt: number; attempt: number };

export const connection = createStore<Connection>({ state: 'idle' });

const REFUSED = new Set([4401, 4403]);
let hurry: (() => void) | undefined;

/** Tries again at once rather than when the wait is over. */
export function retryNow(): void {
  hurry?.();
}

function wait(attempt: number): Promise<void> {
  const pause = backoff(attempt, Math.random());
  connection.set((now) => ({
    state: 'lost',
    since: now.state === 'lost' ? now.since : Date.now(),
    retryAt: Date.now() + pause,
    attempt,
  }));
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      document.removeEventListener('visibilitychange', seen);
      hurry = undefined;
      resolve();
    };
    // A phone taken out of a pocket should not have to wait out a long pause.
    const seen = () => document.visibilityState === 'visible' && done();
    const timer = setTimeout(done, pause);
    hurry = done;
    window.addEventListener('online', done);
    document.addEventListener('visibilitychange', seen);
  });
}

let socket: Client | undefined;

function open(): Client {
  let silence: ReturnType<typeof setTimeout> | undefined;
  const made = createClient({
    url: address.socket,
    lazy: true,
    keepAlive: 12_000,
    retryAttempts: Infinity,
    shouldRetry: (event) => !(event instanceof CloseEvent && REFUSED.has(event.code)),
    retryWait: wait,
    on: {
      connected: () => connection.set({ state: 'open' }),
      ping: (received) => {
        // A dead line says nothing: an unanswered ping is how we notice.
        if (!received) silence = setTimeout(() => made.terminate(), 5_000);
      },
      pong: (received) => {
        if (received) clearTimeout(silence);
      },
      closed: (event) => {
        clearTimeout(silence);
        if (event instanceof CloseEvent && REFUSED.has(event.code)) tellStranger();
      },
    },
  });
  return made;
}

/** Follows a subscription through every loss of the line until it is told to stop. */
export function follow<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onData: (data: Data) => void,
): () => void {
  const query = stringifyDocument(document);
  const operationName = getOperationName(document);
  let stopped = false;
  let leave: (() => void) | undefined;
  let failures = 0;
  const again = async (code: number | undefined) => {
    if (stopped || (code !== undefined && REFUSED.has(code))) return;
    // The service completes subscriptions when it stops, and refuses them when it is too busy.
    await wait(failures++);
    if (!stopped) begin();
  };
  const begin = () => {
    if (connection.get().state === 'idle') connection.set({ state: 'connecting' });
    socket ??= open();
    leave = socket.subscribe<Data>(
      { query, variables, operationName },
      {
        next: ({ data }) => {
          failures = 0;
          if (connection.get().state !== 'open') connection.set({ state: 'open' });
          if (data) onData(data);
        },
        error: (error) => void again(error instanceof CloseEvent ? error.code : undefined),
        complete: () => void again(undefined),
      },
    );
  };
  begin();
  return () => {
    stopped = true;
    leave?.();
  };
}

/** Ends the line; the cookie is read only when one is opened, so a new account needs a new one. */
export function hangUp(): void {
  void socket?.dispose();
  socket = undefined;
  connection.set({ state: 'idle' });
}
