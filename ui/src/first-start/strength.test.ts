import { describe, expect, it } from 'vitest';
import { strengthOf } from './strength';

describe('strengthOf', () => {
  it('takes nothing under eight letters, however odd', () => {
    expect(strengthOf('aA1!é')).toBe(0);
  });

  it('is not fooled by repetition', () => {
    expect(strengthOf('aaaaaaaaaaaaaaaaaaaaaaaa')).toBe(1);
  });

  it('grows with length and kinds', () => {
    expect(strengthOf('password')).toBe(1);
    expect(strengthOf('Password1')).toBe(2);
    expect(strengthOf('correct horse battery')).toBe(4);
  });

  it('counts letters, not code units', () => {
    expect(strengthOf('🙂🙂🙂🙂')).toBe(0);
  });
});
