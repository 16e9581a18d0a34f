import { fieldsOf } from '../live/kept';

/** A way to Plex's own pages and back, as this tab remembers it: nobody else can come in with what is approved there. */
export type Journey = {
  ticket: string;
  /** The page of Plex, to go there once more. */
  url: string;
  remember: boolean;
  /** The address here that was wanted, or the server that is to get a token. */
  to: string | null;
};

/** What somebody sets out for: each has a page here to come back to. */
export type Errand = 'sign-in' | 'setup' | 'token';

const keyOf = (errand: Errand) => `tautulli-plex:${errand}`;

/** Makes sense of what a tab kept. */
export function readJourney(told: unknown): Journey | null {
  const { ticket, url, remember, to } = fieldsOf(told);
  if (typeof ticket !== 'string' || typeof url !== 'string') return null;
  return { ticket, url, remember: remember === true, to: typeof to === 'string' ? to : null };
}

export function journey(errand: Errand): Journey | null {
  try {
    return readJourney(JSON.parse(sessionStorage.getItem(keyOf(errand)) ?? 'null'));
  } catch {
    return null;
  }
}

/** Whether it could be kept: without, nobody could come back. */
export function setOut(errand: Errand, going: Journey): boolean {
  try {
    sessionStorage.setItem(keyOf(errand), JSON.stringify(going));
    return true;
  } catch {
    return false;
  }
}

export function endJourney(errand: Errand): void {
  try {
    sessionStorage.removeItem(keyOf(errand));
  } catch {
    // There was none.
  }
}

/** The page here that Plex leads back to. */
export function returnAddress(errand: Errand, baseUri: string): string {
  const back = new URL(errand, new URL('.', baseUri));
  back.searchParams.set('by', 'plex');
  return back.href;
}
