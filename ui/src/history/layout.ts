/** A line that is opened: where it stands among the lines, and how many plays are shown below it. */
export type Opened = { index: number; count: number };

/** What stands at a place of the list: a line, or the nth play below it. */
export type Spot = { index: number; child: number | null };

/** How many places there are when so many lines have opened ones among them. */
export function places(lines: number, opened: readonly Opened[]): number {
  return lines + opened.reduce((sum, { count }) => sum + count, 0);
}

/** What stands at a place. `opened` is in the order of the lines. */
export function spotAt(place: number, opened: readonly Opened[]): Spot {
  let shift = 0;
  for (const { index, count } of opened) {
    if (place <= index + shift) break;
    if (place <= index + shift + count) return { index, child: place - index - shift - 1 };
    shift += count;
  }
  return { index: place - shift, child: null };
}

/** Where a line stands. */
export function placeOf(index: number, opened: readonly Opened[]): number {
  return opened.reduce((place, one) => (one.index < index ? place + one.count : place), index);
}
