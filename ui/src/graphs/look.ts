import type { GraphSeriesKind } from '../live/schema';
import { TONES } from './charts';
import type { Look } from './option';

/** The colours and letters of the page as they are at the moment, where a part of it stands. */
export function lookOf(node: Element): Look {
  const style = getComputedStyle(node);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return { tone: (kind: GraphSeriesKind) => of(TONES[kind]), ink: of('--ink'), quiet: of('--ink-2'), line: of('--line'), ground: of('--surface'), font: of('font-family') };
}
