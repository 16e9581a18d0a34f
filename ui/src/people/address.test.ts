import { expect, it } from 'vitest';
import { agentText, isPrivate, placeText } from './address';

it('nobody is asked about addresses at home', () => {
  const home = ['10.1.2.3', '192.168.1.4', '172.16.0.1', '172.31.9.9', '127.0.0.1', '169.254.1.1', '100.64.0.1', '::1', 'fd00::1', 'fe80::1', '::ffff:192.168.0.2'];
  const away = ['8.8.8.8', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2001:db8::1', 'nonsense', ''];
  expect(home.filter((address) => !isPrivate(address))).toEqual([]);
  expect(away.filter(isPrivate)).toEqual([]);
});

// USR-02: what is told of an address.
it('a place is told once, an owner by what it says of itself', () => {
  const asked = {
    geoLocation: { city: 'Berlin', region: 'Berlin', country: 'Germany', postalCode: null, timeZone: null },
    networkOwner: {
      problem: null,
      networks: [
        { name: 'NET-1', description: 'Some Carrier', country: 'DE', range: null },
        { name: 'NET-2', description: 'Some Carrier', country: 'DE', range: null },
        { name: 'NET-3', description: null, country: null, range: null },
      ],
    },
  };
  expect(placeText(asked)).toEqual({ place: 'Berlin, Germany', owner: 'Some Carrier, NET-3' });
  expect(placeText({ geoLocation: null, networkOwner: { problem: 'The registry does not answer', networks: [] } })).toEqual({ place: null, owner: 'The registry does not answer' });
});

it('browsers are told by name', () => {
  expect(agentText('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36')).toBe('Chrome, Linux');
  expect(agentText('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Mobile Safari/604.1')).toBe('Safari, iOS');
  expect(agentText('curl/8.5')).toBe('curl/8.5');
});
