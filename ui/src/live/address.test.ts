import { describe, expect, it } from 'vitest';
import { addressOf } from './address';

describe('addressOf', () => {
  it('stays at the root', () => {
    expect(addressOf('http://nas:8181/')).toEqual({
      path: '/',
      graphql: 'http://nas:8181/graphql',
      socket: 'ws://nas:8181/graphql',
    });
  });

  it('keeps the prefix and the safe scheme', () => {
    expect(addressOf('https://home.example/tautulli/')).toEqual({
      path: '/tautulli',
      graphql: 'https://home.example/tautulli/graphql',
      socket: 'wss://home.example/tautulli/graphql',
    });
  });
});
