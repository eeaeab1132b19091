import type { Claim, ConversionRow, CouponRow, RetentionRow, SalesRow, Uplift } from '../api/questions';
import { label, translator } from '../i18n/translate';
import { Formatter } from './format';
import type { Speaker } from './speaker';

const t = translator('en');

/** english speaks English in tests. */
export const english: Speaker = { t, format: new Formatter('en'), label: (group, word) => label(t, group, word) };

export function retentionRow(more: Partial<RetentionRow>): RetentionRow {
  return {
    merchant_id: null, industry: null, aggregation: null, by: null, value: null, cohort: 'new', activity: 'visit', period: 'day',
    cohort_day: null, n: 7, measure: 'day_n', merchants: null, cohort_users: 100, returned_users: 25, rate: 0.25, low: 0.2, high: 0.3,
    state: 'final', history_days: 90, ...more,
  };
}

export function conversionRow(more: Partial<ConversionRow>): ConversionRow {
  return {
    merchant_id: null, industry: null, day: null, value: 'scan', visits: 1000, converted_visits: 100, rate: 0.1, low: 0.08, high: 0.12,
    currency: 'CNY', gross: '10.00', net: '9.00', state: 'final', ...more,
  };
}

export function salesRow(more: Partial<SalesRow>): SalesRow {
  return {
    merchant_id: null, industry: null, day: null, merchants: 1, currency: 'CNY', orders: 10, buyers: 9, gross: '100.00', refunds: '0.00', net: '100.00',
    consumption: '100.00', average_order: '10.00', installments: '0.00', visits: 90, visitors: 70, new_visitors: 20, registered: 3, registered_total: 30,
    foreign_orders: 0, new_buyers: 3, refunds_by_date: '0.00', excess_orders: 0, excess_refunds: '0.00', new_buyers_net: '30.00',
    returning_buyers_net: '70.00', nobody_net: '0.00', state: 'final', ...more,
  };
}

export function couponRow(more: Partial<CouponRow>): CouponRow {
  return {
    merchant_id: null, industry: null, day: null, value: null, issued: 10, received_gifts: 0, claimed: 6, gifted: 0, redeemed: 2, returned: 0, expired: 0,
    voided: 0, open: 8, breakage: 0, impossible: 0, claim_rate: 0.6, redemption_rate: 1 / 3, coupon_orders: 2, currency: 'CNY', cost: '2.00',
    net_sales: '20.00', followed: 2, repurchased: 1, repurchase_rate: 0.5, state: 'final', ...more,
  };
}

export function claim(more: Partial<Claim>): Claim {
  return {
    claim: 'mean_seven_day_retention', scope: 'platform', label: 'mean seven-day retention', unit: 'rate', value: 0.29, low: 0.28, high: 0.3, n: 468,
    basis: 'merchants', quoted: '29 %', estimand: 'merchant_mean', refused: null, ...more,
  };
}

export function upliftResult(more: Partial<Uplift>): Uplift {
  return {
    scope: 'platform', industry: null, estimand: 'geometric', estimate: 0.23, low: 0.2, high: 0.26, log_effect: 0.207, log_se: 0.01, mde: 0.03,
    n_treated: 212, n_control: 190, control_group: 'never', weeks: 12, first_week: null, last_week: null, left_out: [], pretrend: null, event_study: [],
    naive: null, bootstrap: null, warnings: [], refused: null, ...more,
  };
}
