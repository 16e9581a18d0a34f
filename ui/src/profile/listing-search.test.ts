import { expect, it } from 'vitest';
import { readListing, readPart } from './listing-search';
import { tabOf } from './tab';

it('a list is read leniently', () => {
  expect(readListing({ q: 'mara', shown: 'hidden', order: 'plays', up: '1' })).toEqual({ q: 'mara', shown: 'hidden', order: 'plays', up: '1' });
  expect(readListing({ q: '', shown: 'everything', order: 'sideways', up: 'yes' })).toEqual({ q: undefined, shown: undefined, order: undefined, up: undefined });
});

it('the first page needs no number, and nonsense is the first page', () => {
  const page = (value: unknown) => readPart({ page: value }).page;
  expect(['2', '10000', '1', '0', '-3', '1.5', 'x', undefined, '10001'].map(page)).toEqual(['2', '10000', undefined, undefined, undefined, undefined, undefined, undefined, undefined]);
});

it('a part that a page has not is its first one', () => {
  const tabs = [
    { name: 'overview', text: '' },
    { name: 'content', text: '' },
  ] as const;
  expect([tabOf(tabs, 'content'), tabOf(tabs, 'addresses'), tabOf(tabs, undefined)]).toEqual(['content', 'overview', 'overview']);
});
