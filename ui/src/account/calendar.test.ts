import { beforeEach, describe, expect, it, vi } from 'vitest';
import { access } from './access';
import { dayOf } from './calendar';

vi.mock('../live/client', () => ({ client: {}, codeOf: () => undefined }));

const serving = (timeZone: string) => access.set({ phase: 'in', service: { version: '1', plexSignIn: false, demo: null }, viewer: { name: 'ann', role: 'GUEST', timeZone }, servers: [] });

describe('a day', () => {
  const moment = new Date('2026-01-05T11:30:00Z');
  beforeEach(() => access.set({ phase: 'unknown' }));

  it('is one of the service, wherever the reader is', () => {
    serving('Pacific/Kiritimati');
    expect(dayOf(moment)).toBe('2026-01-06');
    serving('Pacific/Pago_Pago');
    expect(dayOf(moment)).toBe('2026-01-05');
    expect(dayOf(new Date('2026-01-05T10:30:00Z'))).toBe('2026-01-04');
  });

  it('is the reader’s while the service’s is not known', () => {
    const here = new Date(2026, 0, 5, 0, 10);
    expect(dayOf(here)).toBe('2026-01-05');
    serving('Mars/Olympus_Mons');
    expect(dayOf(here)).toBe('2026-01-05');
  });
});
