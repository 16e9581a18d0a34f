import { access } from './access';

/** Writes days of the service's zone as YYYY-MM-DD; of the reader's where theirs is not known. */
function writer(zone: string | undefined): Intl.DateTimeFormat {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: zone });
  } catch {
    // A zone younger than the browser.
    return new Intl.DateTimeFormat('sv-SE', options);
  }
}

let known: { zone: string | undefined; days: Intl.DateTimeFormat } | undefined;

/** The day, YYYY-MM-DD, in which a moment lies for the service: the one that filters, windows and graphs mean by a day. */
export function dayOf(moment = new Date()): string {
  const now = access.get();
  const zone = now.phase === 'in' ? now.viewer.timeZone : undefined;
  if (!known || known.zone !== zone) known = { zone, days: writer(zone) };
  return known.days.format(moment);
}
