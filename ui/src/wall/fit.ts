/** How much wider than high a card looks best. */
const SHAPE = 2;
/** Smaller than this nobody reads a card from a sofa, in pixels. */
const LEAST = { width: 300, height: 150 };

export type Fit = {
  columns: number;
  rows: number;
  /** How many cards are shown; the rest is a number in the last place. */
  shown: number;
};

/** The grid in which so many cards are largest without any being out of sight. */
export function fit(count: number, width: number, height: number): Fit {
  const most = Math.max(1, Math.floor(width / LEAST.width)) * Math.max(1, Math.floor(height / LEAST.height));
  const cells = Math.max(1, Math.min(count, most));
  let best = { columns: 1, rows: cells, size: 0 };
  for (let columns = 1; columns <= cells; columns++) {
    const rows = Math.ceil(cells / columns);
    const size = Math.min(width / columns / SHAPE, height / rows);
    if (size > best.size) best = { columns, rows, size };
  }
  const { columns, rows } = best;
  return { columns, rows, shown: count > cells ? cells - 1 : count };
}
