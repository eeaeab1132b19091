import type { RetentionRow, SalesRow, State } from '../api/questions';

/** Point is one place of a curve. A null value is a gap. */
export interface Point {
  x: string;
  value: number | null;
  low: number | null;
  high: number | null;
  open: boolean;
}

/** Curve is a line with a name and, where its points have one, a band. */
export interface Curve {
  name: string;
  points: Point[];
}

/**
 * cohortCurve is a rate by cohort day. Cohorts whose day n is not over keep their
 * place without a value: on the morning of day n the rate is next to zero, which
 * would look like a collapse.
 */
export function cohortCurve(name: string, rows: readonly RetentionRow[], x: (day: string) => string): Curve {
  const points = rows.flatMap((row) => (row.cohort_day === null ? [] : [{ ...ratePoint(x(row.cohort_day), row), ...(row.state === 'final' ? {} : unfinished) }]));
  return { name, points };
}

const unfinished = { value: null, low: null, high: null, open: true };

/** ageCurve is the pooled rate by n, without n = 0, which is always everybody. */
export function ageCurve(name: string, rows: readonly RetentionRow[]): Curve {
  const points = rows.filter((row) => row.cohort_day === null && row.n > 0 && row.rate !== null).map((row) => ratePoint(String(row.n), row));
  return { name, points };
}

/** salesCurve is one column of sales by day. Today, which has only begun, is open. */
export function salesCurve(name: string, rows: readonly SalesRow[], value: (row: SalesRow) => number, x: (day: string) => string): Curve {
  const points = rows.flatMap((row) =>
    row.day === null || row.state === 'not_due' ? [] : [{ x: x(row.day), value: value(row), low: null, high: null, open: row.state === 'open' }],
  );
  return { name, points };
}

function ratePoint(x: string, row: { rate: number | null; low: number | null; high: number | null; state: State }): Point {
  return { x, value: row.rate, low: row.low, high: row.high, open: row.state === 'open' };
}

/** lastFinal is the last row of a day whose figure is final. */
export function lastFinal<R extends { state: State }>(rows: readonly R[], day: (row: R) => string | null): R | undefined {
  return rows.filter((row) => row.state === 'final' && day(row) !== null).at(-1);
}

/** pooled is the row that pools the range. */
export function pooled<R>(rows: readonly R[], day: (row: R) => string | null): R | undefined {
  return rows.find((row) => day(row) === null);
}
