/** Only places of our own: an address from outside must not lead away after signing in. */
export function ownPlace(to: unknown): string | undefined {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : undefined;
}
