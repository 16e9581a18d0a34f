import { expect, it } from 'vitest';
import { readWord, wordOf } from './renewal';

it('remembers a server on the way to Plex, whatever it is called', () => {
  const server = { id: 'U2VydmVyOjE', name: 'Müller & Söhne = home?' };
  expect(readWord(wordOf(server))).toEqual(server);
  for (const odd of [null, '', 'x', 'id=1', 'name=a', 'id=&name=']) expect(readWord(odd)).toBeNull();
});
