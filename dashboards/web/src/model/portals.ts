import type { ConversionRow, RetentionRow } from '../api/questions';
import type { Bar } from './interval';
import type { Speaker } from './speaker';
import { numbers, type Table } from './table';

/** Below so many in the denominator a rate is shown as "k of n" and drawn grey. */
export const few = 30;

/** ofRange keeps the rows of the range by portal, the most conversions first, one row a portal. */
export function ofRange(rows: readonly ConversionRow[]): ConversionRow[] {
  const byPortal = new Map<string, ConversionRow>();
  for (const row of rows) {
    // Rows of further currencies repeat the visits.
    if (row.day === null && row.value !== null && row.visits > 0 && !byPortal.has(row.value)) {
      byPortal.set(row.value, row);
    }
  }
  return [...byPortal.values()].sort((a, b) => b.converted_visits - a.converted_visits);
}

/** portalBars draws conversion by portal. */
export function portalBars(rows: readonly ConversionRow[], s: Speaker): Bar[] {
  return rows.map((row) => ({
    name: s.label('portal', row.value ?? ''),
    value: row.rate,
    low: row.low,
    high: row.high,
    text: rateText(row.converted_visits, row.visits, row.rate, s),
    basis: basisText(row.converted_visits, row.visits, s),
    weak: row.visits < few,
  }));
}

/** rateText is the rate, or "k of n" where n is small. */
export function rateText(k: number | null, n: number | null, rate: number | null, s: Speaker): string {
  if (n !== null && n < few) {
    return s.t('state.kofn', { k: s.format.count(k), n: s.format.count(n) });
  }
  return s.format.rate(rate);
}

/** basisText is "k of n" beside a rate; where n is small it already stands in the rate's place. */
function basisText(k: number | null, n: number, s: Speaker): string {
  return n < few ? '' : s.t('state.kofn', { k: s.format.short(k), n: s.format.short(n) });
}

/** portalTable is the same in full. */
export function portalTable(rows: readonly ConversionRow[], s: Speaker): Table {
  const { t, format: f } = s;
  return {
    columns: [{ title: t('col.portal') }, ...numbers(t('col.visits'), t('col.converted'), t('col.rate'), t('col.low'), t('col.high'), t('col.net'))],
    rows: rows.map((row) => [
      s.label('portal', row.value ?? ''), f.count(row.visits), f.count(row.converted_visits),
      f.rate(row.rate), f.rate(row.low), f.rate(row.high), f.money(row.net, row.currency),
    ]),
  };
}

/** returnBars draws day-7 retention by the portal of the first visit, the most users first. */
export function returnBars(rows: readonly RetentionRow[], s: Speaker): Bar[] {
  return byUsers(rows).map((row) => ({
    name: s.label('portal', row.value ?? ''),
    value: row.rate,
    low: row.low,
    high: row.high,
    text: rateText(row.returned_users, row.cohort_users, row.rate, s),
    basis: basisText(row.returned_users, row.cohort_users ?? 0, s),
    weak: (row.cohort_users ?? 0) < few,
  }));
}

/** returnTable is the same in full. */
export function returnTable(rows: readonly RetentionRow[], s: Speaker): Table {
  const { t, format: f } = s;
  return {
    columns: [{ title: t('col.portal') }, ...numbers(t('col.users'), t('col.returned'), t('col.rate'), t('col.low'), t('col.high'))],
    rows: byUsers(rows).map((row) => [
      s.label('portal', row.value ?? ''), f.count(row.cohort_users), f.count(row.returned_users), f.rate(row.rate), f.rate(row.low), f.rate(row.high),
    ]),
  };
}

/** bestReturn is the portal whose new users come back most, among those with enough of them. */
export function bestReturn(rows: readonly RetentionRow[]): RetentionRow | undefined {
  return rows.filter((row) => (row.cohort_users ?? 0) >= few).sort((a, b) => (b.rate ?? 0) - (a.rate ?? 0))[0];
}

function byUsers(rows: readonly RetentionRow[]): RetentionRow[] {
  return [...rows].sort((a, b) => (b.cohort_users ?? 0) - (a.cohort_users ?? 0));
}

/** bestPortal is the portal with the highest rate among those with enough visits. */
export function bestPortal(rows: readonly ConversionRow[]): ConversionRow | undefined {
  return rows.filter((row) => row.visits >= few).sort((a, b) => (b.rate ?? 0) - (a.rate ?? 0))[0];
}
