import { describe, expect, it } from 'vitest';
import { fit } from './fit';

describe('the grid of the wall', () => {
  it('gives one stream the whole screen', () => {
    expect(fit(1, 1920, 980)).toEqual({ columns: 1, rows: 1, shown: 1 });
  });

  it('is as square as the screen', () => {
    expect(fit(4, 1920, 980)).toEqual({ columns: 2, rows: 2, shown: 4 });
    expect(fit(2, 600, 1000)).toEqual({ columns: 1, rows: 2, shown: 2 });
  });

  it('has a place for each, and never shows one out of sight', () => {
    for (let count = 1; count < 60; count++) {
      for (const [width, height] of [[1920, 980], [1280, 640], [390, 780], [200, 100]] as const) {
        const { columns, rows, shown } = fit(count, width, height);
        const cells = columns * rows;
        // A card for each, or a number for those that have none.
        expect(shown + (shown < count ? 1 : 0)).toBeLessThanOrEqual(cells);
        expect(cells - columns).toBeLessThan(Math.max(1, shown + (shown < count ? 1 : 0)));
      }
    }
  });

  it('counts what finds no room', () => {
    expect(fit(40, 900, 450)).toEqual({ columns: 3, rows: 3, shown: 8 });
    expect(fit(5, 100, 100).shown).toBe(0);
  });
});
