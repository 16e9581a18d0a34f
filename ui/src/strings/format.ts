import i18next, { type TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

/** Numbers and times as the language writes them. Times in milliseconds, rates in kbit/s. */
export type Format = {
  rate: (kbps: number) => string;
  number: (value: number, digits?: number) => string;
  clock: (at: number | string) => string;
  /** Clock time, with the day when it is not today, and the year when it is another one. */
  moment: (at: number | string) => string;
  /** The same where it stands alone, in a column or as a fact: what is of today or yesterday says so. */
  stamp: (at: number | string) => string;
  day: (iso: string) => string;
  /** As short as can be: the clock time today, else the day, with the year when it is another one. */
  brief: (at: number | string) => string;
  /** "5 minutes ago", "yesterday". */
  ago: (at: number | string, now: number) => string;
  /** "3 min", "2 hr". */
  length: (ms: number) => string;
  /** How long something took: "42 s", "13 min", "1 h 48 min". */
  span: (ms: number) => string;
  /** A sum of times: "45 min", "13 hr 20 min", "12 days 4 hr". */
  total: (ms: number) => string;
  list: (parts: string[]) => string;
  size: (bytes: number) => string;
};

const MINUTE = 60_000;

/** Made at its first use: seven formatters take longer than everything else that is done before the first page is there. */
function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

/** Makes each thing at its first use and keeps it. */
function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const kept = made.get(key) ?? make(key);
    made.set(key, kept);
    return kept;
  };
}

export function formatFor(language: string, t: TFunction): Format {
  const dates = (options: Intl.DateTimeFormatOptions) => lazily(() => new Intl.DateTimeFormat(language, options));
  const clock = dates({ timeStyle: 'short' });
  const moment = dates({ dateStyle: 'medium', timeStyle: 'short' });
  const day = dates({ dateStyle: 'medium', timeZone: 'UTC' });
  const thisYear = dates({ day: 'numeric', month: 'short' });
  const otherYear = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const list = lazily(() => new Intl.ListFormat(language, { type: 'unit', style: 'narrow' }));
  const past = lazily(() => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  // Making a formatter costs a hundred times what using it does.
  const numbers = once((digits: number) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }));
  const units = once((name: string) => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: name === 'terabyte' ? 2 : 1 }));
  // Thousands of cells ask for the same few hundred lengths.
  const hours = once((minutes: number) => (minutes % 60 ? t('unit.hoursMinutes', { hours: number(Math.floor(minutes / 60)), minutes: minutes % 60 }) : t('unit.hours', { value: number(minutes / 60) })));
  const minutes = once((value: number) => (value < 60 ? t('unit.minutes', { value }) : hours(value)));
  const seconds = once((value: number) => t('unit.seconds', { value }));
  const words = once((days: number) => {
    const [first = '', ...rest] = past().format(days, 'day');
    return first.toLocaleUpperCase(language) + rest.join('');
  });
  const momentOf = (date: Date, today: Date) => {
    if (date.toDateString() === today.toDateString()) return clock().format(date);
    return date.getFullYear() === today.getFullYear() ? `${thisYear().format(date)}, ${clock().format(date)}` : moment().format(date);
  };
  const number = (value: number, digits = 1) => numbers(digits).format(value);
  const unit = (value: number, name: string) => units(name).format(value);
  return {
    number,
    rate(kbps) {
      if (kbps < 1000) return t('unit.kbps', { value: number(kbps, 0) });
      if (kbps < 1_000_000) return t('unit.mbps', { value: number(kbps / 1000, kbps < 100_000 ? 1 : 0) });
      return t('unit.gbps', { value: number(kbps / 1_000_000, 2) });
    },
    clock: (at) => clock().format(new Date(at)),
    moment: (at) => momentOf(new Date(at), new Date()),
    stamp(at) {
      const date = new Date(at);
      const today = new Date();
      if (date.toDateString() === today.toDateString()) return `${words(0)}, ${clock().format(date)}`;
      const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
      return date.toDateString() === yesterday.toDateString() ? `${words(-1)}, ${clock().format(date)}` : momentOf(date, today);
    },
    brief(at) {
      const date = new Date(at);
      const today = new Date();
      if (date.toDateString() === today.toDateString()) return clock().format(date);
      return (date.getFullYear() === today.getFullYear() ? thisYear() : otherYear()).format(date);
    },
    ago(at, now) {
      const minutes = Math.floor(Math.max(0, now - new Date(at).getTime()) / MINUTE);
      if (minutes < 60) return past().format(-minutes, 'minute');
      if (minutes < 24 * 60) return past().format(-Math.floor(minutes / 60), 'hour');
      const days = Math.floor(minutes / 1440);
      if (days < 60) return past().format(-days, 'day');
      return days < 365 ? past().format(-Math.floor(days / 30), 'month') : past().format(-Math.floor(days / 365), 'year');
    },
    day(iso) {
      const date = new Date(iso);
      return Number.isNaN(date.getTime()) ? iso : day().format(date);
    },
    length(ms) {
      const minutes = Math.floor(ms / MINUTE);
      if (minutes < 90) return unit(minutes, 'minute');
      if (minutes < 48 * 60) return unit(Math.floor(minutes / 60), 'hour');
      return unit(Math.floor(minutes / 1440), 'day');
    },
    span(ms) {
      const whole = Math.floor(Math.max(0, ms) / 1000);
      return whole < 60 ? seconds(whole) : minutes(Math.floor(whole / 60));
    },
    total(ms) {
      const minutes = Math.floor(Math.max(0, ms) / MINUTE);
      const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
      if (minutes < 60) return unit(minutes, 'minute');
      const parts = hours < 48 ? [unit(hours, 'hour'), minutes % 60 && unit(minutes % 60, 'minute')] : [unit(days, 'day'), days < 100 && hours % 24 && unit(hours % 24, 'hour')];
      return list().format(parts.filter((part): part is string => typeof part === 'string'));
    },
    list: (parts) => list().format(parts),
    size(bytes) {
      if (bytes < 1e6) return unit(bytes / 1e3, 'kilobyte');
      if (bytes < 1e9) return unit(bytes / 1e6, 'megabyte');
      return bytes < 1e12 ? unit(bytes / 1e9, 'gigabyte') : unit(bytes / 1e12, 'terabyte');
    },
  };
}

/** So that a line does not break between a number and what it counts. */
export const unbroken = (text: string) => text.replaceAll(' ', '\u00a0');

/** 3723000 is 1:02:03. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The reader's own variety of a language, since clocks and days differ within one. */
export function regional(language: string, wanted: readonly string[]): string {
  return wanted.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

/** One for each language, since thousands of cells ask for it. */
const formats = once((language: string) => formatFor(regional(language, navigator.languages), i18next.t));

export function useFormat(): Format {
  return formats(useTranslation().i18n.language);
}
