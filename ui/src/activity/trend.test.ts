import { describe, expect, it } from 'vitest';
import { draw, record, type Trend } from './trend';

const empty: Trend = { since: 0, samples: [] };
const at = (time: number, bandwidth: number) => ({ at: time, streams: 1, bandwidth });

describe('record', () => {
  it('begins with the first sample and skips repetitions', () => {
    const trend = record(record(empty, at(50, 4)), at(60, 4));
    expect(trend).toEqual({ since: 50, samples: [at(50, 4)] });
  });

  it('stays bounded and keeps the newest', () => {
    let trend = empty;
    for (let n = 0; n < 5000; n++) trend = record(trend, at(n, n));
    expect(trend.samples.length).toBeLessThanOrEqual(240);
    expect(trend.samples.at(-1)).toEqual(at(4999, 4999));
    expect(trend.since).toBe(0);
  });
});

describe('draw', () => {
  it('is a flat line before anything was heard', () => {
    expect(draw(empty, 100, 160, 40)).toEqual({ stroke: 'M0 39H160', area: '', most: 0 });
  });

  it('steps from value to value up to now', () => {
    const trend = { since: 0, samples: [at(0, 0), at(50, 100)] };
    expect(draw(trend, 100, 160, 42).stroke).toBe('M0 41H80V11H160');
  });
});
