import { describe, expect, it } from 'vitest';
import { readJourney, returnAddress } from './journey';

describe('a way to Plex and back', () => {
  it('is read leniently', () => {
    const whole = { ticket: 'abc', url: 'https://app.plex.tv/auth#?code=1', remember: true, to: '/history?q=a' };
    expect(readJourney(whole)).toEqual(whole);
    expect(readJourney({ ticket: 'abc', url: 'x', remember: 'yes', to: 7 })).toEqual({ ticket: 'abc', url: 'x', remember: false, to: null });
    for (const odd of [null, 7, 'text', {}, { ticket: 1, url: 'x' }, { ticket: 'abc' }]) expect(readJourney(odd)).toBeNull();
  });

  it('leads back to where the pages live', () => {
    expect(returnAddress('sign-in', 'http://nas:8181/')).toBe('http://nas:8181/sign-in?by=plex');
    expect(returnAddress('setup', 'https://example.test/tautulli/')).toBe('https://example.test/tautulli/setup?by=plex');
  });
});
