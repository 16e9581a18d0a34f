import { useTranslation } from 'react-i18next';
import { useFormat } from '../strings/format';
import type { StatisticsWindow } from '../live/schema';
import { daysBefore, type Filter } from './filter';

export type Span = Pick<Filter, 'days' | 'from' | 'to'>;

/** Spans that are often wanted. */
export const SPANS = ['today', 'week', 'month', 'quarter', 'year'] as const;
const DAYS = { today: '1', week: '7', month: '30', quarter: '90', year: '365' } as const;

export function spanOf(name: (typeof SPANS)[number]): Span {
  return { days: DAYS[name], from: undefined, to: undefined };
}

/** The span of the same length right before, to compare with; none where the beginning is open. */
export function spanBefore({ days, from, to }: Span, today: string): Span | null {
  if (days) {
    const count = Number(days);
    return { from: daysBefore(today, 2 * count - 1), to: daysBefore(today, count) };
  }
  if (!from) return null;
  const last = to ?? today;
  const count = Math.round((Date.parse(last) - Date.parse(from)) / 86_400_000) + 1;
  return count > 0 ? { from: daysBefore(from, count), to: daysBefore(from, 1) } : null;
}

/** The same as cards and graphs want it: whole days, of which the last is today where no other is said. */
export function windowOf({ days, from, to }: Span): StatisticsWindow {
  if (days) return { wholeDays: Number(days) };
  return { ...(from && { after: from }), ...(to && { before: to }) };
}

/** A span in words; null where it says nothing. */
export function useSpanText(): (span: Span) => string | null {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ days, from, to }) => {
    if (days) return days === '1' ? t('span.today') : t('span.days', { count: Number(days) });
    if (from && to) return from === to ? format.day(from) : t('span.between', { from: format.day(from), to: format.day(to) });
    if (from) return t('span.from', { from: format.day(from) });
    return to ? t('span.to', { to: format.day(to) }) : null;
  };
}
