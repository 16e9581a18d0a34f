import { expect, test } from 'vitest';
import { asText, compare, NOTHING } from './sections';

const facts = (of: Record<string, string>) => Object.entries(of).map(([name, value]) => ({ name, value }));

test('what is not delivered, or is added on the way, is on its own side', () => {
  const sides = compare(facts({ Video: 'HEVC', Audio: 'AC3', Subtitle: 'English SRT' }), facts({ Video: 'H264', Audio: 'AC3', Protocol: 'HLS' }));
  expect(sides).toEqual([
    { name: 'Video', value: 'H264', was: 'HEVC' },
    { name: 'Audio', value: 'AC3' },
    { name: 'Subtitle', value: NOTHING, was: 'English SRT' },
    { name: 'Protocol', value: 'HLS', was: NOTHING },
  ]);
  expect(asText(['Film', null], [{ title: 'Delivery', facts: sides.slice(0, 2) }])).toBe('Film\n\nDelivery\n  Video: HEVC -> H264\n  Audio: AC3');
});
