import { keptStore } from '../live/kept';
import type { GraphSeriesKind } from '../live/schema';
import { TONES } from './charts';

/** Lines that somebody has switched off, in every graph. */
export const silent = keptStore<readonly GraphSeriesKind[]>('tautulli-graphs', (told) =>
  Array.isArray(told) ? (Object.keys(TONES) as GraphSeriesKind[]).filter((kind) => told.includes(kind)) : [],
);
