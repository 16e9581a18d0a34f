import { describe, expect, it } from 'vitest';
import { bucketFor, CHARTS, columnsBefore, heights, isTooLong, lastDay, restDays, rowsBehind, seriesOf, type Chart } from './charts';
import type { GraphFragment } from './graphs.generated';

const TODAY = '2026-03-01';
const chart = (name: string) => CHARTS.find((one) => one.name === name) as Chart;
const column = (label: string, more: object = {}) => ({ label, ...more });

describe('graphs', () => {
  it('choose columns that can be told apart', () => {
    expect([{ days: '30' }, { days: '365' }, {}, { from: '2026-02-01' }, { from: '2020-01-01', to: '2020-03-01' }].map((span) => bucketFor(span, TODAY))).toEqual(['DAY', 'WEEK', 'MONTH', 'DAY', 'DAY']);
  });

  it('know what is too much to be summed up at once', () => {
    const year = { days: '365' };
    const asked = (name: string, filter: object, span: object, isAdmin = true) => isTooLong(chart(name), filter, span, TODAY, isAdmin);
    expect([asked('plays', {}, {}), asked('bandwidth', {}, year), asked('bandwidth', {}, {}), asked('bandwidth', { user: ['u7'] }, {})]).toEqual([false, false, true, true]);
    // Those of single users are few, and a guest sees no other's.
    expect([asked('addresses', {}, year), asked('addresses', {}, {}), asked('addresses', { user: ['u7'] }, {}), asked('addresses', {}, {}, false)]).toEqual([false, true, false, false]);
  });

  it('know where a column ends', () => {
    expect([lastDay('2026-02-02', 'WEEK'), lastDay('2024-02-01', 'MONTH'), lastDay('2026-12-01', 'MONTH'), lastDay('2026-02-02', 'DAY')]).toEqual([
      '2026-02-08',
      '2024-02-29',
      '2026-12-31',
      '2026-02-02',
    ]);
  });

  it('lead to the plays behind a column', () => {
    const filter = { type: ['movie' as const], days: '30' };
    const first = column('2026-02-01', { date: '2026-02-01' });
    const last = column('2026-02-03', { date: '2026-02-03' });
    expect(rowsBehind(chart('plays'), 'DAY', first, last, filter)).toEqual({ type: ['movie'], days: undefined, from: '2026-02-01', to: '2026-02-03' });
    const user = column('7', { user: { id: 'u7', friendlyName: 'Anna' } });
    expect(rowsBehind(chart('users'), 'DAY', user, user, filter)).toEqual({ ...filter, user: ['u7'] });
    expect(rowsBehind(chart('hour'), 'HOUR_OF_DAY', column('7'), column('8'), filter)).toBeNull();
    expect(rowsBehind(chart('platforms'), 'DAY', column(''), column(''), filter)).toBeNull();
  });

  it('know the weekend', () => {
    const days = ['2026-02-06', '2026-02-07', '2026-02-08', '2026-02-09'].map((date) => column(date, { date }));
    expect(restDays(days, 'DAY')).toEqual([false, true, true, false]);
    expect(restDays(days, 'WEEK')).toEqual([]);
    expect(restDays([column('Roku')], 'DAY')).toEqual([false]);
  });

  it('leave out lines that say nothing', () => {
    const graph: GraphFragment = { categories: [], series: [{ kind: 'SHOWS', values: [0, 0] }, { kind: 'MOVIES', values: [0, 1] }, { kind: 'TOTAL', values: [0] }] };
    expect(seriesOf(graph).map(({ kind }) => kind)).toEqual(['MOVIES', 'TOTAL']);
  });

  it('lay the span before under the columns, end on end', () => {
    expect(columnsBefore(3, 3)).toEqual([0, 1, 2]);
    expect(columnsBefore(3, 2)).toEqual([null, 0, 1]);
    expect(columnsBefore(2, 3)).toEqual([1, 2]);
  });

  it('say how high their columns are without the lines that are switched off', () => {
    const column = { label: '1' };
    const kinds: GraphFragment = { categories: [column, column], series: [{ kind: 'SHOWS', values: [1, 2] }, { kind: 'MOVIES', values: [3, 4] }] };
    expect(heights(kinds, [])).toEqual([4, 6]);
    expect(heights(kinds, ['MOVIES'])).toEqual([1, 2]);
    const streams: GraphFragment = { categories: [column], series: [{ kind: 'TRANSCODE', values: [2] }, { kind: 'TOTAL', values: [3] }] };
    expect([heights(streams, ['TRANSCODE']), heights(streams, ['TOTAL'])]).toEqual([[3], []]);
  });
});
