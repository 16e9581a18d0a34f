import { expect, it } from 'vitest';
import { spanBefore } from './span';

it('the span before is as long and touches', () => {
  const today = '2026-03-01';
  expect(spanBefore({ days: '1' }, today)).toEqual({ from: '2026-02-28', to: '2026-02-28' });
  expect(spanBefore({ days: '7' }, today)).toEqual({ from: '2026-02-16', to: '2026-02-22' });
  expect(spanBefore({ from: '2026-02-01', to: '2026-02-10' }, today)).toEqual({ from: '2026-01-22', to: '2026-01-31' });
  expect(spanBefore({ from: '2026-03-01' }, today)).toEqual({ from: '2026-02-28', to: '2026-02-28' });
  expect([spanBefore({ to: today }, today), spanBefore({}, today), spanBefore({ from: '2026-03-09' }, today)]).toEqual([null, null, null]);
});
