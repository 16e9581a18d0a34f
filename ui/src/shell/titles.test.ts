import { expect, it } from 'vitest';
import { titlesOf } from './titles';

const play = (title: string, guid: string, above: string | null = null) => ({
  play: { item: { kind: 'EPISODE' as const, title, fullTitle: title, guid, grandparentTitle: above, grandparentRatingKey: above && '9' } },
});

it('names each title once, and a show by itself', () => {
  const found = titlesOf([play('Pilot', 'a', 'The Harbor'), play('The Harbor Wall', 'b', 'The Harbor'), play('Elsewhere', 'c'), { play: null }], 'harbor');
  expect(found).toEqual([
    { name: 'The Harbor', more: null, filter: { show: ['9'] } },
    { name: 'The Harbor Wall', more: 'The Harbor', filter: { item: ['b'] } },
  ]);
});
