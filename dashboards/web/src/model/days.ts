/** dayIn returns the calendar day, YYYY-MM-DD, of an instant in a time zone. */
export function dayIn(millis: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(millis);
}

/** addDays moves a day YYYY-MM-DD by a number of days. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The zone in which platform and industry days are named. */
export const platformZone = 'Asia/Shanghai';

/** How many days the charts over time show, today included: thirteen weeks. */
const shown = 91;

/** recent is the first day that the charts over time show. */
export function recent(asOf: number): string {
  return addDays(dayIn(asOf, platformZone), 1 - shown);
}
