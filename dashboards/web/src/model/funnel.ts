import type { CouponRow, LoopRow } from '../api/questions';
import type { Speaker } from './speaker';
import { rateText } from './portals';
import { numbers, type Table } from './table';

/** FunnelStep is one bar of a funnel. */
export interface FunnelStep {
  name: string;
  count: string;
  /** Of the first step, in [0,1], for the bar's length. */
  share: number;
  /** The share as text, with the interval where there is one. */
  note: string;
}

const sideStep = 'paid_again_not_claimed';

/** loopOf keeps the loop's steps of the range; the users who did not claim stand apart. */
export function loopOf(rows: readonly LoopRow[]): { steps: LoopRow[]; aside: LoopRow | undefined } {
  const range = rows.filter((row) => row.day === null);
  return { steps: range.filter((row) => row.step !== sideStep), aside: range.find((row) => row.step === sideStep) };
}

export function loopSteps(rows: readonly LoopRow[], s: Speaker): FunnelStep[] {
  return rows.map((row) => ({
    name: s.label('step', row.step),
    count: s.format.short(row.users),
    share: row.share ?? 0,
    note: row.step === 'paid' ? '' : [s.format.rate(row.share), s.format.interval(row.low, row.high, (x) => s.format.rate(x))].filter(Boolean).join(' · '),
  }));
}

export function loopTable(rows: readonly LoopRow[], s: Speaker): Table {
  const { t, format: f } = s;
  return {
    columns: [{ title: t('col.step') }, ...numbers(t('col.users'), t('col.cohort'), t('col.share'), t('col.low'), t('col.high'))],
    rows: rows.map((row) => [s.label('step', row.step), f.count(row.users), f.count(row.cohort), f.rate(row.share), f.rate(row.low), f.rate(row.high)]),
  };
}

/** placementLines says each placement in one line, all together left out. */
export function placementLines(rows: readonly CouponRow[], s: Speaker): { name: string; issued: string; rates: string }[] {
  return rows.filter((row) => row.value !== null).map((row) => ({
    name: s.label('portal', row.value ?? ''),
    issued: `${s.t('col.issued')} ${s.format.short(row.issued)}`,
    rates: `${s.t('col.claimrate')} ${rateText(row.claimed, row.issued, row.claim_rate, s)} · ${s.t('col.redemptionrate')} ${rateText(row.redeemed, row.claimed, row.redemption_rate, s)}`,
  }));
}

/** couponsOf keeps the placements of the range, all together first. */
export function couponsOf(rows: readonly CouponRow[]): CouponRow[] {
  const range = rows.filter((row) => row.day === null && row.issued > 0);
  return range.sort((a, b) => (a.value === null ? -1 : b.value === null ? 1 : b.issued - a.issued));
}

/** couponSteps is the funnel of one row; bars are as long as their share of its coupons. */
export function couponSteps(row: CouponRow, s: Speaker): FunnelStep[] {
  return [
    { name: s.t('col.issued'), count: s.format.short(row.issued), share: 1, note: '' },
    { name: s.t('col.claimed'), count: s.format.short(row.claimed), share: row.claimed / row.issued, note: `${s.t('col.claimrate')} ${s.format.rate(row.claim_rate)}` },
    { name: s.t('col.redeemed'), count: s.format.short(row.redeemed), share: row.redeemed / row.issued, note: `${s.t('col.redemptionrate')} ${s.format.rate(row.redemption_rate)}` },
  ];
}

export function couponTable(rows: readonly CouponRow[], s: Speaker): Table {
  const { t, format: f } = s;
  return {
    columns: [{ title: t('col.placement') }, ...numbers(t('col.issued'), t('col.claimed'), t('col.redeemed'), t('col.claimrate'), t('col.redemptionrate'))],
    rows: rows.map((row) => [
      row.value === null ? t('coupons.all') : s.label('portal', row.value),
      f.count(row.issued), f.count(row.claimed), f.count(row.redeemed), f.rate(row.claim_rate), f.rate(row.redemption_rate),
    ]),
  };
}
