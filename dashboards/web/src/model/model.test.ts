import { describe, expect, it } from 'vitest';
import type { MerchantRow } from '../api/questions';
import { conversionCard, retentionCard, salesCards, spanBefore } from './cards';
import { claimsOf, reportView } from './claims';
import { cohortLines } from './cohorts';
import { ageCurve, cohortCurve, lastFinal } from './curve';
import { couponsOf, couponSteps, loopOf, placementLines } from './funnel';
import { at, axisOf, type Bar } from './interval';
import { find, industriesOf } from './merchants';
import { inMainCurrency } from './money';
import { ofRange, portalBars, returnBars } from './portals';
import { claim, conversionRow, couponRow, english, retentionRow, salesRow, upliftResult } from './rows.test-data';
import { sparkPath } from './spark';
import { finished, share } from './stages';
import { forestBars, upliftSentences } from './uplift';

describe('cards', () => {
  it('show the API’s pooled row and compute nothing', () => {
    const rows = [salesRow({ day: '2026-11-20', net: '1.00' }), salesRow({ day: '2026-11-21', net: '2.00' }), salesRow({ net: '777.00', visitors: 5 })];
    const cards = salesCards(rows, english);
    expect(cards.net.value).toBe('¥777');
    expect(cards.visitors.value).toBe('5');
    expect(cards.net.spark).toEqual([1, 2]);
  });

  it('stand beside the same figure of the days before', () => {
    expect(salesCards([salesRow({})], english, [salesRow({ currency: 'USD', net: '1.00' }), salesRow({ net: '50.00' })]).net.before).toBe('¥50');
    expect(salesCards([salesRow({})], english).net.before).toBe('');
    expect(retentionCard([retentionRow({})], english, [retentionRow({ rate: 0.3 })]).before).toBe('30.0%');
    expect(retentionCard([retentionRow({})], english, [retentionRow({ cohort_users: 0, rate: null })]).before).toBe('');
  });

  it('look as many days back as they hold, if the history reaches that far', () => {
    expect(spanBefore([null, '2026-11-21', '2026-11-20'], '2026-11-18')).toEqual({ from: '2026-11-18', to: '2026-11-20' });
    expect(spanBefore(['2026-11-21', '2026-11-20'], '2026-11-19')).toBeUndefined();
    expect(spanBefore([null], '2026-11-19')).toBeUndefined();
  });

  it('show k of n, grey, under thirty users', () => {
    const card = retentionCard([retentionRow({ cohort_users: 29, returned_users: 9, rate: 9 / 29 })], english);
    expect(card).toMatchObject({ value: '9 of 29', weak: true });
    expect(retentionCard([retentionRow({ cohort_users: 30, returned_users: 9, rate: 0.3 })], english)).toMatchObject({ value: '30.0%', weak: false });
  });

  it('show a dash where nothing is final yet', () => {
    expect(retentionCard([retentionRow({ cohort_users: 0, rate: null, state: 'open' })], english)).toMatchObject({ value: '–', state: 'open' });
    expect(conversionCard([], english)).toMatchObject({ value: '–', state: 'absent' });
  });
});

describe('cohort lines', () => {
  const rows = [
    retentionRow({ cohort_day: '2026-11-20', n: 0, rate: 1 }),
    retentionRow({ cohort_day: '2026-11-20', n: 1, rate: 0.4, state: 'open' }),
    retentionRow({ cohort_day: '2026-11-20', n: 2, rate: null, returned_users: null, state: 'not_due' }),
    retentionRow({ cohort_day: '2026-11-21', n: 1, cohort_users: 12, returned_users: 3 }),
    retentionRow({ cohort_day: null, n: 1, rate: 0.42 }),
  ];
  const lines = cohortLines(rows, 2, english);

  it('put the pooled row first, then the newest cohort', () => {
    expect(lines.map((line) => line.day)).toEqual([null, '2026-11-21', '2026-11-20']);
  });

  it('keep open cells apart and leave cells that are not due without a number', () => {
    expect(lines[2]?.cells.map((cell) => [cell.text, cell.state])).toEqual([['40.0%', 'open'], ['', 'not_due']]);
  });

  it('show counts for small cohorts, uncoloured', () => {
    expect(lines[1]?.cells[0]).toMatchObject({ text: '3 of 12', rate: null, weak: true });
  });
});

describe('curves', () => {
  it('keep the place of cohorts that are not complete, without a value', () => {
    const curve = cohortCurve('r', [retentionRow({ cohort_day: '2026-11-01' }), retentionRow({ cohort_day: '2026-11-02', state: 'open' }), retentionRow({ cohort_day: '2026-11-03', state: 'not_due' }), retentionRow({})], (d) => d);
    expect(curve.points.map((p) => [p.x, p.value, p.open])).toEqual([['2026-11-01', 0.25, false], ['2026-11-02', null, true], ['2026-11-03', null, true]]);
  });

  it('start the curve over n at 1', () => {
    expect(ageCurve('r', [retentionRow({ n: 0 }), retentionRow({ n: 1 }), retentionRow({ n: 2, rate: null })]).points.map((p) => p.x)).toEqual(['1']);
  });

  it('find the last final day', () => {
    const rows = [salesRow({ day: '2026-11-20' }), salesRow({ day: '2026-11-21', state: 'open' }), salesRow({})];
    expect(lastFinal(rows, (r) => r.day)?.day).toBe('2026-11-20');
  });
});

describe('portals', () => {
  it('are ordered by conversions, once each, though money comes in two currencies', () => {
    const rows = [conversionRow({}), conversionRow({ currency: 'USD' }), conversionRow({ value: 'search', converted_visits: 300 }), conversionRow({ value: null }), conversionRow({ day: '2026-11-20' })];
    expect(ofRange(rows).map((row) => row.value)).toEqual(['search', 'scan']);
  });

  it('are grey with few visits', () => {
    expect(portalBars([conversionRow({ visits: 29, converted_visits: 2 })], english)[0]).toMatchObject({ text: '2 of 29', weak: true });
  });
});

describe('returns by portal', () => {
  it('are ordered by users, and grey with few', () => {
    const bars = returnBars([retentionRow({ value: 'scan', cohort_users: 12, returned_users: 3 }), retentionRow({ value: 'search' })], english);
    expect(bars.map((bar) => [bar.name, bar.text, bar.basis, bar.weak])).toEqual([['Search', '25.0%', '25 of 100', false], ['Scan', '3 of 12', '', true]]);
  });
});

describe('the axis of bars', () => {
  it('holds zero and every interval', () => {
    const bar = (low: number, high: number): Bar => ({ name: '', value: (low + high) / 2, low, high, text: '', basis: '', weak: false });
    const axis = axisOf([bar(-0.1, 0.2), bar(0.1, 0.4)]);
    expect(at(axis, -0.1)).toBeGreaterThan(0);
    expect(at(axis, 0.4)).toBeLessThan(100);
    expect(axisOf([bar(0.1, 0.2)]).from).toBe(0);
    expect(at(axisOf([]), 0)).toBe(0);
  });
});

describe('uplift', () => {
  it('says the finding with its interval, and why the naive reading is wrong', () => {
    const words = upliftSentences(upliftResult({ naive: { before_after: 0.42 }, pretrend: { statistic: 1, p: 0.41, rejected: false } }), english);
    expect(words.finding).toContain('23.0% more');
    expect(words.finding).toContain('+20.0%');
    expect(words.naive).toContain('+42.0%');
    expect(words.before).toContain('0.41');
  });

  it('states no number where it is refused', () => {
    const refused = upliftResult({ estimate: null, refused: { code: 'too_few', message: '9 treated merchants' } });
    expect(upliftSentences(refused, english).finding).toBe('No effect is stated: too few merchants.');
    expect(forestBars([refused, upliftResult({ industry: 'retail' })], english).map((bar) => bar.value)).toEqual([0.23, null]);
  });

  it('greys an interval that holds zero', () => {
    expect(forestBars([upliftResult({ low: -0.01 })], english)[0]?.weak).toBe(true);
  });
});

describe('claims', () => {
  const claims = [
    claim({}),
    claim({ claim: 'sales_year_on_year', scope: 'm-1', unit: 'growth', value: 3, quoted: '' }),
    claim({ claim: 'new_one', label: 'something new', scope: 'platform', unit: 'count', value: 480, low: null, n: 480 }),
    claim({ claim: 'visit_conversion', scope: 'retail', value: 0.3, quoted: 'over 15 %' }),
    claim({ claim: 'visit_conversion', scope: 'travel', value: 0.5, low: 0.4, high: 0.6, quoted: '' }),
    claim({ claim: 'installment_uplift', scope: 'retail', unit: 'growth', value: null, low: null, high: null, n: 3, quoted: '', refused: 'too few' }),
  ];
  const view = reportView(claims, english, new Map([['m-1', 'Pharmacy']]));

  it('about the platform, or with a published figure, come first', () => {
    expect(view.headlines.map((c) => [c.title, c.scope, c.value, c.n, c.foreign])).toEqual([
      ['Mean seven-day retention', '', '29.0%', '468 merchants', false],
      ['something new', '', '480', '', true],
      ['Visit conversion', 'Retail', '30.0%', '468 visits', false],
    ]);
    expect(view.headlines[1]?.interval).toBe('');
  });

  it('about one merchant are named and linked, and shown on its page', () => {
    expect(view.cases.map((c) => [c.title, c.scope, c.link, c.value])).toEqual([['Net sales year on year', 'Pharmacy', '/m/m-1', '+300.0%']]);
    expect(claimsOf(claims, 'm-1', english).map((c) => c.value)).toEqual(['+300.0%']);
  });

  it('about industries make one table, refused figures without a number', () => {
    expect(view.industries.columns).toEqual(['Visit conversion', 'Installment uplift of sales']);
    expect(view.industries.rows.map((row) => row.name)).toEqual(['Retail', 'Travel']);
    expect(view.industries.rows[0]?.cells[1]).toEqual({ value: '–', note: '3 merchants switched on' });
    expect(view.industries.rows[1]?.cells.map((cell) => cell.value)).toEqual(['50.0%', '–']);
  });
});

describe('funnels', () => {
  it('put all placements first and keep placements without coupons out', () => {
    const rows = couponsOf([couponRow({ value: 'scan' }), couponRow({}), couponRow({ value: 'search', issued: 0 })]);
    expect(rows.map((r) => r.value)).toEqual([null, 'scan']);
    expect(rows.slice(0, 1).flatMap((r) => couponSteps(r, english)).map((s) => s.note)).toEqual(['', 'Claim rate 60.0%', 'Redemption rate 33.3%']);
    expect(placementLines(rows, english)).toEqual([{ name: 'Scan', issued: 'Issued 10', rates: 'Claim rate 6 of 10 · Redemption rate 2 of 6' }]);
  });

  it('keep the comparison beside the loop, not in it', () => {
    const row = { merchant_id: null, industry: null, day: null, step: 'paid', cohort: 10, users: 10, share: 1, low: null, high: null, state: 'final' as const };
    const { steps, aside } = loopOf([row, { ...row, step: 'paid_again_not_claimed' }]);
    expect([steps.length, aside?.step]).toEqual([1, 'paid_again_not_claimed']);
  });
});

describe('the list of merchants', () => {
  const row = (more: Partial<MerchantRow>): MerchantRow => ({
    merchant_id: 'm', name: 'Shop', owner: 'm', industry: 'retail', city: 'Hangzhou', time_zone: 'Asia/Shanghai', currency: 'CNY', stores: 1, declared: true,
    first_day: null, visits: 0, visitors: 0, orders: 0, net: '0.00', conversion_rate: null, day_7: null, day_7_cohort: 0, activity: 'visit', missing_events: null, ...more,
  });
  const rows = [row({ merchant_id: 'a', name: 'Fruit 水果', net: '9.00', day_7: 0.1 }), row({ merchant_id: 'b', net: '10.00' }), row({ merchant_id: 'c', industry: 'travel', net: '11.00', day_7: 0 })];

  it('sorts by number, not by text, those without the figure last', () => {
    expect(find(rows, '', '', 'net').map((r) => r.merchant_id)).toEqual(['c', 'b', 'a']);
    expect(find(rows, '', '', 'day7').map((r) => r.merchant_id)).toEqual(['a', 'c', 'b']);
  });

  it('finds every searched word, in one industry', () => {
    expect(find(rows, '', 'fruit hang', 'net').map((r) => r.merchant_id)).toEqual(['a']);
    expect(find(rows, 'travel', '', 'net').map((r) => r.merchant_id)).toEqual(['c']);
    expect(industriesOf(rows)).toEqual(['retail', 'travel']);
  });
});

describe('small things', () => {
  it('never mix currencies', () => {
    expect(inMainCurrency([salesRow({}), salesRow({ currency: 'USD' }), salesRow({})]).map((r) => r.currency)).toEqual(['CNY', 'CNY']);
  });

  it('leave a gap in a small line where a value is absent', () => {
    expect(sparkPath([1, null, 1], 100, 28)).toBe('M0.00 2.00M100.00 2.00');
    expect(sparkPath([], 100, 28)).toBe('');
    expect(sparkPath([0, 0], 100, 28)).not.toContain('NaN');
  });

  it('know when the start-up is over', () => {
    const stage = { name: 'load', state: 'running' as const, done: 1, total: 4, detail: '' };
    expect([finished([], false), finished([stage], true), share(stage), share({ ...stage, total: 0 })]).toEqual([true, false, 0.25, undefined]);
    const waiting = { ...stage, state: 'waiting' as const };
    expect([finished([waiting], false), finished([waiting], true), finished([{ ...stage, state: 'failed' }], true)]).toEqual([false, true, false]);
  });
});
