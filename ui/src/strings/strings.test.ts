import { readdirSync, readFileSync } from 'node:fs';
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import later from '../../scripts/later-strings.json';
import de from './de.json';
import en from './en.json';
import fr from './fr.json';
import { formatFor, regional, stopwatch } from './format';
import { choose } from './i18n';

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}|<\/?\w+>/g)].map(([hole]) => hole).sort();

describe('catalogues', () => {
  const others: [string, Tree][] = [
    ['de', de],
    ['fr', fr],
  ];

  it.each(others)('%s says the same things', (_language, catalogue) => {
    expect([...flat(catalogue).keys()].sort()).toEqual([...flat(en).keys()].sort());
  });

  it.each(others)('%s keeps the holes and says something', (_language, catalogue) => {
    const told = flat(catalogue);
    for (const [key, text] of flat(en)) {
      const other = told.get(key) ?? '';
      expect(other.trim(), key).not.toBe('');
      // A plural may leave the number out where the word says it.
      if (!key.endsWith('_one')) expect(holes(other), key).toEqual(holes(text));
    }
  });
});

describe('the first page', () => {
  /** Folders of which everything is in the first load, or may open over the first page. */
  const FIRST = ['account', 'added', 'home', 'shell'];
  const sources = FIRST.flatMap((folder) => readdirSync(new URL(`../${folder}`, import.meta.url)).map((name) => `../${folder}/${name}`)).filter((path) => /\.tsx?$/.test(path));

  it('says nothing that comes later', () => {
    const known = Object.keys(en);
    expect(later.filter((area) => !known.includes(area))).toEqual([]);
    const early = sources.flatMap((path) => {
      const said = [...readFileSync(new URL(path, import.meta.url), 'utf8').matchAll(/[^\w]t\(['`](\w+)\./g)].map(([, area]) => area ?? '');
      return said.filter((area) => later.includes(area)).map((area) => `${path}: ${area}`);
    });
    expect(early).toEqual([]);
    expect(sources.length).toBeGreaterThan(40);
  });
});

describe('choose', () => {
  it('ignores regions and takes the first known', () => {
    expect(choose(['it-IT', 'de-AT', 'en'])).toBe('de');
    expect(choose(['it'])).toBe('en');
    expect(choose(['fr-CA'])).toBe('fr');
  });
});

describe('direction', () => {
  it('follows the language', async () => {
    await i18next.init({ lng: 'ar', resources: {} });
    expect([i18next.dir('ar'), i18next.dir('he-IL'), i18next.dir('de')]).toEqual(['rtl', 'rtl', 'ltr']);
  });
});

describe('formats', () => {
  const t = ((key: string, { value }: { value: string }) => `${value} ${key}`) as never;
  const format = formatFor('de', t);

  it('choose the unit of a rate', () => {
    expect([880, 4240, 124_300, 2_500_000].map(format.rate)).toEqual([
      '880 unit.kbps',
      '4,2 unit.mbps',
      '124 unit.mbps',
      '2,5 unit.gbps',
    ]);
  });

  it('follow the region of the reader within the language', () => {
    expect(regional('en', ['de-AT', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(regional('de', ['en-GB'])).toBe('de');
  });

  it('choose the unit of a length', () => {
    expect([0, 59_000, 61 * 60_000, 26 * 3_600_000].map(format.length)).toEqual(['0 Min.', '0 Min.', '61 Min.', '26 Std.']);
  });

  it('choose the unit of a size', () => {
    expect([2_000, 3_400_000, 671_473_788_561, 12_345_000_000_000].map((bytes) => format.size(bytes).replace(/\s/g, ' '))).toEqual(['2 kB', '3,4 MB', '671,5 GB', '12,35 TB']);
  });

  it('say how long ago in the largest unit that fits', () => {
    const now = Date.parse('2026-03-10T12:00:00Z');
    const ago = (ms: number) => format.ago(now - ms, now);
    expect([30_000, 5 * 60_000, 3 * 3_600_000, 24 * 3_600_000, 40 * 86_400_000, 90 * 86_400_000, 800 * 86_400_000].map(ago)).toEqual([
      'in dieser Minute',
      'vor 5 Minuten',
      'vor 3 Stunden',
      'gestern',
      'vor 40 Tagen',
      'vor 3 Monaten',
      'vor 2 Jahren',
    ]);
    // A clock that goes wrong never adds anything in the future.
    expect(ago(-60_000)).toBe('in dieser Minute');
  });

  it('write how long something took', () => {
    const told = ((key: string, holes: object) => `${key.slice(5)} ${Object.values(holes).join(' ')}`) as never;
    expect([0, 42_000, 60_000, 59 * 60_000, 60 * 60_000, 108 * 60_000].map(formatFor('de', told).span)).toEqual(['seconds 0', 'seconds 42', 'minutes 1', 'minutes 59', 'hours 1', 'hoursMinutes 1 48']);
  });

  it('say the day when it is another one, and the year when it is', () => {
    const { moment, stamp } = formatFor('en-GB', t);
    const [now, yesterday] = [new Date(), new Date()];
    yesterday.setDate(yesterday.getDate() - 1);
    const clock = now.toLocaleTimeString('en-GB', { timeStyle: 'short' });
    expect([moment(now.getTime()), stamp(now.getTime()), stamp(yesterday.getTime())]).toEqual([clock, `Today, ${clock}`, `Yesterday, ${clock}`]);
    expect(stamp(new Date(2019, 10, 3, 9, 5).getTime())).toBe('3 Nov 2019, 09:05');
    expect(moment(new Date(now.getFullYear(), now.getMonth() > 5 ? 0 : 11, 3, 9, 5).getTime())).toMatch(/^3 (Jan|Dec), 09:05$/);
  });

  it('write positions like a player', () => {
    expect([0, 61_000, 3_723_000, -5].map(stopwatch)).toEqual(['0:00', '1:01', '1:02:03', '0:00']);
  });
});
