/** What stands behind the question mark: names with one or several texts, in plain letters that people can read and write. */
export type Params = Record<string, string | string[]>;

/** `?type=movie&type=episode` is `{ type: ['movie', 'episode'] }`. */
export function parseParams(search: string): Params {
  const told: Params = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = told[name];
    told[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return told;
}

/** The other way round; what is absent or empty leaves no trace. */
export function stringifyParams(params: Record<string, unknown>): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined || one === null || one === '') continue;
      said.append(name, String(one));
    }
  }
  const text = said.toString();
  return text === '' ? '' : `?${text}`;
}

/** All texts of a name. */
export function texts(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === 'string' && one !== '');
}

/** The first text of a name. */
export function text(value: unknown): string | undefined {
  return texts(value)[0];
}

/** Those texts of a name that are known. */
export function choices<T extends string>(value: unknown, known: readonly T[]): T[] {
  return known.filter((one) => texts(value).includes(one));
}
