import { describe, expect, it } from 'vitest';
import { arrange } from './order';
import { session, stream } from './sample';
import { total } from './totals';

const make = (id: string, minute: number, name: string, bandwidth: number, decision: 'DIRECT_PLAY' | 'COPY' | 'TRANSCODE') =>
  session({
    id,
    startedAt: `2026-01-01T20:0${minute}:00Z`,
    user: { id: name, friendlyName: name, avatarUrl: null },
    player: { ...session().player, bandwidth, location: id === 'a' ? 'LAN' : 'CELLULAR' },
    stream: stream({ decision }),
  });

const all = [
  make('a', 1, 'Zoë', 9000, 'DIRECT_PLAY'),
  make('b', 2, 'Ann', 2100, 'TRANSCODE'),
  make('c', 3, 'Ann', 2900, 'COPY'),
];
const ids = (...args: Parameters<typeof arrange>) => arrange(...args).map(({ id }) => id);

describe('arrange', () => {
  it('orders as asked, the newest first among equals', () => {
    expect(ids(all, 'newest', 'all')).toEqual(['c', 'b', 'a']);
    expect(ids(all, 'user', 'all')).toEqual(['c', 'b', 'a']);
    expect(ids(all, 'bandwidth', 'all')).toEqual(['a', 'c', 'b']);
    expect(ids(all, 'transcodes', 'all')).toEqual(['b', 'c', 'a']);
  });

  it('does not depend on the order in which they came', () => {
    expect(ids([...all].reverse(), 'bandwidth', 'all')).toEqual(ids(all, 'bandwidth', 'all'));
  });

  it('shows one kind alone', () => {
    expect(ids(all, 'newest', 'transcode')).toEqual(['b']);
  });
});

describe('total', () => {
  it('counts everything that is not local as remote', () => {
    expect(total(all)).toEqual({ streams: 3, direct: 1, copy: 1, transcode: 1, bandwidth: 14_000, lan: 9000, wan: 5000 });
  });
});
