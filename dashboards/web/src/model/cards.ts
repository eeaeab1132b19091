import type { ConversionRow, RetentionRow, SalesRow, State } from '../api/questions';
import { pooled } from './curve';
import { addDays } from './days';
import { inMainCurrency } from './money';
import { few, rateText } from './portals';
import type { Speaker } from './speaker';

/** Card is one headline figure of a merchant. */
export interface Card {
  value: string;
  interval: string;
  basis: string;
  /** The same figure of the days before, absent where the history doesn't reach that far. */
  before: string;
  state: State | 'absent';
  /** Too little for a rate: drawn grey. */
  weak: boolean;
  /** By day, for the small line; null is a gap. */
  spark: (number | null)[];
  first: string;
  last: string;
}

const absent: Card = { value: '–', interval: '', basis: '', before: '', state: 'absent', weak: false, spark: [], first: '', last: '' };

/** salesCards makes the four cards that come from sales: sums of the range's final days, and of those before it. */
export function salesCards(answer: readonly SalesRow[], s: Speaker, earlier: readonly SalesRow[] = []): { visitors: Card; fresh: Card; net: Card; orders: Card } {
  const rows = inMainCurrency(answer);
  const sum = pooled(rows, (r) => r.day);
  const past = pooled(earlier.filter((r) => r.currency === sum?.currency), (r) => r.day);
  const days = rows.filter((r) => r.day !== null);
  const make = (text: (r: SalesRow) => string, value: (r: SalesRow) => number): Card =>
    sum ? { ...absent, value: text(sum), before: past ? text(past) : '', state: sum.state, ...line(days, (r) => r.day, value, s) } : absent;
  return {
    visitors: make((r) => s.format.short(r.visitors), (r) => r.visitors),
    fresh: make((r) => s.format.short(r.new_visitors), (r) => r.new_visitors),
    net: make((r) => s.format.shortMoney(r.net, r.currency), (r) => Number(r.net)),
    orders: make((r) => s.format.short(r.orders), (r) => r.orders),
  };
}

export function conversionCard(rows: readonly ConversionRow[], s: Speaker, earlier: readonly ConversionRow[] = []): Card {
  const all = rows.filter((r) => r.value === null);
  const sum = pooled(all, (r) => r.day);
  if (!sum || sum.visits === 0) {
    return absent;
  }
  const past = pooled(earlier.filter((r) => r.value === null), (r) => r.day);
  return {
    ...rate(sum.converted_visits, sum.visits, sum, s),
    before: past && past.visits > 0 ? rateText(past.converted_visits, past.visits, past.rate, s) : '',
    ...line(all.filter((r) => r.day !== null), (r) => r.day, (r) => r.rate, s),
  };
}

export function retentionCard(rows: readonly RetentionRow[], s: Speaker, earlier: readonly RetentionRow[] = []): Card {
  const sum = pooled(rows, (r) => r.cohort_day);
  if (!sum || sum.cohort_users === null || sum.cohort_users === 0) {
    return { ...absent, state: sum?.state ?? 'absent' };
  }
  const past = pooled(earlier, (r) => r.cohort_day);
  return {
    ...rate(sum.returned_users, sum.cohort_users, sum, s),
    before: past && (past.cohort_users ?? 0) > 0 ? rateText(past.returned_users, past.cohort_users, past.rate, s) : '',
    ...line(rows.filter((r) => r.cohort_day !== null), (r) => r.cohort_day, (r) => r.rate, s),
  };
}

function rate(k: number | null, n: number, row: { rate: number | null; low: number | null; high: number | null; state: State }, s: Speaker): Card {
  return {
    ...absent,
    value: rateText(k, n, row.rate, s),
    interval: s.format.interval(row.low, row.high, (x) => s.format.rate(x)),
    basis: n < few ? s.t('state.few') : s.t('state.kofn', { k: s.format.short(k), n: s.format.short(n) }),
    state: row.state,
    weak: n < few,
  };
}

function line<R>(days: readonly R[], day: (row: R) => string | null, value: (row: R) => number | null, s: Speaker): Pick<Card, 'spark' | 'first' | 'last'> {
  const [first, last] = [days[0], days.at(-1)];
  const name = (row: R | undefined): string => (row ? s.format.day(day(row) ?? '') : '');
  return { spark: days.map(value), first: name(first), last: name(last) };
}

/** spanBefore is as many days as the range has, right before it; none where the merchant's history begins later. */
export function spanBefore(days: readonly (string | null)[], firstDay: string | null): { from: string; to: string } | undefined {
  const named = days.filter((day): day is string => day !== null).sort();
  const to = named[0];
  if (to === undefined) {
    return undefined;
  }
  const from = addDays(to, -new Set(named).size);
  return firstDay === null || firstDay > from ? undefined : { from, to };
}
