import { describe, expect, it } from 'vitest';
import { onMap } from './world';

describe('a place on the map', () => {
  it('lies where its degrees are', () => {
    expect(onMap(84, -180)).toEqual({ x: 0, y: 0 });
    expect(onMap(0, 0)).toEqual({ x: 360, y: 168 });
    expect(onMap(52.5, 13.4)).toEqual({ x: 386.8, y: 63 });
  });

  it('stays on it at the poles', () => {
    expect(onMap(90, 180)).toEqual({ x: 720, y: 0 });
    expect(onMap(-89, 0)).toEqual({ x: 360, y: 280 });
  });
});
