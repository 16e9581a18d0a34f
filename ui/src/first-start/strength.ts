export const SHORTEST = 8;

/** 0 (too short to be taken) to 4. Length counts most; a few kinds of letters help, repetition does not. */
export function strengthOf(password: string): 0 | 1 | 2 | 3 | 4 {
  const letters = [...password];
  if (letters.length < SHORTEST) return 0;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  const different = new Set(letters).size;
  if (different < 5) return 1;
  const points = Math.min(letters.length, different * 2) + kinds * 2;
  if (points < 13) return 1;
  if (points < 17) return 2;
  return points < 22 ? 3 : 4;
}
