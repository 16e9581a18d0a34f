/** Where the service lies, as its `<base>` says: it may live under a prefix. */
export type Address = { path: string; graphql: string; socket: string };

export function addressOf(baseUri: string): Address {
  const base = new URL('.', baseUri);
  const graphql = new URL('graphql', base);
  const socket = new URL(graphql);
  socket.protocol = graphql.protocol === 'https:' ? 'wss:' : 'ws:';
  return { path: base.pathname.replace(/\/$/, '') || '/', graphql: graphql.href, socket: socket.href };
}

export const address = addressOf(typeof document === 'undefined' ? 'http://localhost/' : document.baseURI);
