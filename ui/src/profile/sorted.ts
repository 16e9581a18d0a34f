/** A column by which a short list can be ordered, and which way. */
export type Sort<Key extends string> = { by: Key; down: boolean };

/** The list in that order; what has no value comes last either way. */
export function sorted<Row, Key extends string>(rows: readonly Row[], { by, down }: Sort<Key>, value: (row: Row, key: Key) => string | number | null): Row[] {
  const way = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a, by), value(b, by)];
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return way * (typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y));
  });
}
