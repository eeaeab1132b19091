import type { RetentionRow } from '../api/questions';
import type { Speaker } from './speaker';
import { numbers, type Table } from './table';

/** cohortTable lists cohorts, the newest first. */
export function cohortTable(rows: readonly RetentionRow[], s: Speaker): Table {
  const { t, format: f } = s;
  return {
    columns: [{ title: t('col.cohort') }, ...numbers(t('col.merchants'), t('col.users'), t('col.rate'), t('col.low'), t('col.high')), { title: t('col.state') }],
    rows: rows
      .filter((row) => row.cohort_day !== null)
      .map((row) => [row.cohort_day ?? '', f.count(row.merchants), f.count(row.cohort_users), f.rate(row.rate), f.rate(row.low), f.rate(row.high), s.label('state', row.state)])
      .reverse(),
  };
}

/** ageTable lists the pooled rate by n. */
export function ageTable(rows: readonly RetentionRow[], s: Speaker): Table {
  const { t, format: f } = s;
  return {
    columns: numbers(t('col.age'), t('col.users'), t('col.returned'), t('col.rate'), t('col.low'), t('col.high')),
    rows: rows
      .filter((row) => row.cohort_day === null)
      .map((row) => [String(row.n), f.count(row.cohort_users), f.count(row.returned_users), f.rate(row.rate), f.rate(row.low), f.rate(row.high)]),
  };
}

/** rateAt is the pooled rate at n as text. */
export function rateAt(rows: readonly RetentionRow[], n: number, s: Speaker): string {
  return s.format.rate(rows.find((row) => row.cohort_day === null && row.n === n)?.rate);
}
