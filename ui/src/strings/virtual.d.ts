/** The English catalogue in two: what the first page says, and the areas that `scripts/later-strings.json` names. */
declare module 'virtual:strings/first' {
  const strings: Record<string, object>;
  export default strings;
}

declare module 'virtual:strings/later' {
  const strings: Record<string, object>;
  export default strings;
}
