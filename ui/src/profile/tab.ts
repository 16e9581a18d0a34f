/** A part of a page. */
export type Tab<Name extends string> = { name: Name; text: string };

/** The part that an address names, if the page has it. */
export function tabOf<Name extends string>(tabs: readonly Tab<Name>[], wanted: string | undefined): Name {
  const first = tabs[0]?.name;
  return tabs.find(({ name }) => name === wanted)?.name ?? (first as Name);
}
