import type { Filter } from '../history/filter';
import type { FindQuery } from './find.generated';

type Node = NonNullable<FindQuery['history']>['nodes'][number];
export type Title = { name: string; more: string | null; filter: Filter };

const MOST = 8;

/** The titles of some plays, each once: shows and artists first by themselves, then what was played. */
export function titlesOf(nodes: readonly Node[], text: string): Title[] {
  const wanted = text.trim().toLowerCase();
  const found = new Map<string, Title>();
  for (const { play } of nodes) {
    const item = play?.item;
    if (!item) continue;
    const { grandparentTitle: above, grandparentRatingKey: key } = item;
    if (above && key && above.toLowerCase().includes(wanted)) found.set(`show ${above}`, { name: above, more: null, filter: { show: [key] } });
    if (item.guid && item.title?.toLowerCase().includes(wanted)) found.set(item.guid, { name: item.title, more: above ?? null, filter: { item: [item.guid] } });
  }
  return [...found.values()].slice(0, MOST);
}
