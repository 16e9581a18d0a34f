import type { StartQuery } from './start.generated';

/** What the script in the head of the page has heard, and when. Whoever may see less is told less. */
type Told = { data?: Partial<StartQuery> | null; at: number };

declare global {
  interface Window {
    startAnswer?: Promise<Told | undefined>;
  }
}

/**
 * The answer to the question that was sent before the first paint; nothing where that was not to be. It is as old as the page,
 * so it is good for the first look alone.
 */
export const start: Promise<Told | undefined> = (typeof window === 'undefined' ? undefined : window.startAnswer) ?? Promise.resolve(undefined);
