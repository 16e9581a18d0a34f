import { describe, expect, it } from 'vitest';
import { axisOf, type Entry } from './axis';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 20, minute)).toISOString();
let sequence = 0;
const entry = (kind: Entry['kind'], minute: number): Entry => ({ sequence: ++sequence, at: at(minute), kind, viewOffset: 0 });

describe('a play on one axis', () => {
  it('shows pauses and stalls where they were', () => {
    const entries = [entry('STARTED', 0), entry('PAUSED', 10), entry('RESUMED', 20), entry('BUFFERING', 30), entry('MARKER', 31), entry('STOPPED', 40)];
    const { segments, pins } = axisOf([...entries].reverse(), at(0), at(40));
    expect(segments).toEqual([
      { kind: 'playing', from: 0, to: 0.25 },
      { kind: 'paused', from: 0.25, to: 0.5 },
      { kind: 'playing', from: 0.5, to: 0.75 },
      { kind: 'buffering', from: 0.75, to: 0.775 },
      { kind: 'playing', from: 0.775, to: 1 },
    ]);
    expect(pins.map(({ kind, at: where }) => [kind, where])).toEqual([['MARKER', 0.775]]);
  });

  it('is whole without entries, and keeps within its ends', () => {
    expect(axisOf([], at(0), at(10)).segments).toEqual([{ kind: 'playing', from: 0, to: 1 }]);
    const { segments } = axisOf([entry('PAUSED', -5), entry('RESUMED', 50)], at(0), at(10));
    expect(segments).toEqual([{ kind: 'paused', from: 0, to: 1 }]);
  });
});
