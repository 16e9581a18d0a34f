/** The service did not answer, so nothing can be said of who asks. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}
