/** Of the days that belong to each column the most; columns are named by their first days, both in their order. */
export function folded(days: readonly (string | null | undefined)[], values: readonly number[], begins: readonly (string | null | undefined)[]): number[] {
  const most = begins.map(() => 0);
  let column = 0;
  days.forEach((day, n) => {
    while (column < begins.length - 1 && (begins[column + 1] ?? '') <= (day ?? '')) column += 1;
    if (column < most.length) most[column] = Math.max(most[column] ?? 0, values[n] ?? 0);
  });
  return most;
}
