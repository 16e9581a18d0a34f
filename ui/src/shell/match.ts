type Named = { name: string; more?: string | null; group: string };

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** How well an entry fits: the lower the better, undefined when a word is missing. */
function rank(entry: Named, words: string[]): number | undefined {
  const name = plain(entry.name);
  const rest = plain(`${entry.more ?? ''} ${entry.group}`);
  let sum = 0;
  for (const word of words) {
    if (name.startsWith(word)) sum += 0;
    else if (name.includes(` ${word}`)) sum += 1;
    else if (name.includes(word)) sum += 2;
    else if (rest.includes(word)) sum += 3;
    else return undefined;
  }
  return sum;
}

/** The entries in which every word of `text` is found, the best first, otherwise in their own order. */
export function search<T extends Named>(entries: readonly T[], text: string): T[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...entries];
  return entries
    .map((entry) => ({ entry, fit: rank(entry, words) }))
    .filter((one): one is { entry: T; fit: number } => one.fit !== undefined)
    .sort((a, b) => a.fit - b.fit)
    .map(({ entry }) => entry);
}
