import { beforeEach, describe, expect, it, vi } from 'vitest';
import { access, type Access } from './access';
import { ownStore } from './own';

vi.mock('../live/client', () => ({ client: {}, codeOf: () => undefined }));

const signedIn = (name: string): Access => ({ phase: 'in', service: { version: '1', plexSignIn: false, demo: null }, viewer: { name, role: 'GUEST' } as never, servers: [] });
const read = (told: unknown) => (typeof told === 'number' ? told : 0);

describe('what is kept for somebody', () => {
  const kept = new Map<string, string>();
  beforeEach(() => {
    kept.clear();
    access.set({ phase: 'unknown' });
    vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) });
  });

  it('is each one’s own, and begins with what was kept for all', () => {
    kept.set('x', '7');
    const store = ownStore('x', read);
    access.set(signedIn('ann'));
    expect(store.get()).toBe(7);
    store.set(1);
    access.set(signedIn('bob'));
    expect(store.get()).toBe(7);
    store.set(2);
    access.set({ phase: 'unknown' });
    expect(store.get()).toBe(2);
    access.set(signedIn('ann'));
    expect(store.get()).toBe(1);
    expect([...kept]).toEqual([
      ['x', '7'],
      ['x:ann', '1'],
      ['x:bob', '2'],
    ]);
  });

  it('is written for nobody while nobody is known', () => {
    const store = ownStore('y', read);
    store.set(5);
    expect(kept.size).toBe(0);
  });
});
