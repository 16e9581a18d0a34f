import type { AddressPlaceQuery } from './people.generated';

/** Whether an address is of a network at home, which nobody outside knows. */
export function isPrivate(address: string): boolean {
  const text = address.toLowerCase().replace(/^::ffff:/, '');
  const parts = text.split('.').map(Number);
  if (parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256)) {
    const [a = 0, b = 0] = parts;
    return a === 10 || a === 127 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128);
  }
  return text === '::1' || /^f[cd][0-9a-f]{2}:/.test(text) || /^fe[89ab][0-9a-f]:/.test(text);
}

/** What is known of an address, in a line each. */
export function placeText({ geoLocation, networkOwner }: AddressPlaceQuery): { place: string | null; owner: string | null } {
  const place = geoLocation && [geoLocation.city, geoLocation.region, geoLocation.country].filter((part, at, all) => part && all.indexOf(part) === at).join(', ');
  const owners = networkOwner.networks.map(({ name, description }) => description ?? name).filter((owner, at, all) => owner && all.indexOf(owner) === at);
  return { place: place || null, owner: owners.join(', ') || networkOwner.problem || null };
}

const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];
const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/** What a browser says of itself, as people would. What is unknown stays as it is. */
export function agentText(agent: string): string {
  const named = (all: [RegExp, string][]) => all.find(([pattern]) => pattern.test(agent))?.[1];
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)];
  return browser ? [browser, system].filter(Boolean).join(', ') : agent;
}
