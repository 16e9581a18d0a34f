import { describe, expect, it } from 'vitest';
import { read } from './preferences';

describe('read', () => {
  it('takes what was kept', () => {
    expect(read('{"view":"list","order":"user","shown":"copy"}')).toEqual({ view: 'list', order: 'user', shown: 'copy' });
  });

  it.each([null, '', '7', '[]', '{"view":"cube","order":5}', '{'])('falls back where it cannot read %s', (kept) => {
    expect(read(kept)).toEqual({ view: 'cards', order: 'newest', shown: 'all' });
  });
});
