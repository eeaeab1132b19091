import type { Uplift, UpliftWeek } from '../api/questions';
import type { Bar } from './interval';
import { suffix, type Speaker } from './speaker';
import { numbers, type Table } from './table';

/** upliftSentences says what is known of an effect: the finding, its basis, the naive reading, the check before. */
export function upliftSentences(u: Uplift, s: Speaker): { finding: string; basis: string; naive: string; before: string } {
  return {
    finding: finding(u, s),
    basis: s.t('uplift.basis', { treated: s.format.count(u.n_treated), control: s.format.count(u.n_control), estimand: s.label('estimand', u.estimand) }),
    naive: u.naive === null ? '' : s.t('uplift.naive', { value: s.format.growth(u.naive.before_after) }),
    before: u.pretrend === null ? '' : s.t(u.pretrend.rejected ? 'uplift.pretrendbad' : 'uplift.pretrend', { p: s.format.ratio(u.pretrend.p) }),
  };
}

function finding(u: Uplift, s: Speaker): string {
  if (u.refused || u.estimate === null) {
    return s.t('uplift.refused', { why: refusal(u, s) });
  }
  const interval = suffix(s, u.low, u.high, (x) => s.format.growth(x));
  return u.estimate >= 0
    ? s.t('uplift.headline', { value: s.format.rate(u.estimate), interval })
    : s.t('uplift.headlineless', { value: s.format.growth(u.estimate), interval });
}

/** refusal says why there is no figure, in the page's words where it has them. */
export function refusal(u: Uplift, s: Speaker): string {
  if (!u.refused) {
    return '';
  }
  const known = s.label('refusal', u.refused.code);
  return known === u.refused.code ? u.refused.message : known;
}

/** forestBars draws the effects by industry, the largest first and the refused ones last. */
export function forestBars(rows: readonly Uplift[], s: Speaker): Bar[] {
  return [...rows]
    .sort((a, b) => (b.estimate ?? -Infinity) - (a.estimate ?? -Infinity))
    .map((u) => ({
      name: u.industry === null ? s.t('filter.all') : s.label('industry', u.industry),
      value: u.refused ? null : u.estimate,
      low: u.refused ? null : u.low,
      high: u.refused ? null : u.high,
      text: u.refused ? refusal(u, s) : s.format.growth(u.estimate),
      basis: `${s.format.count(u.n_treated)} / ${s.format.count(u.n_control)}`,
      weak: u.refused !== null || (u.low !== null && u.high !== null && u.low <= 0 && u.high >= 0),
    }));
}

export function forestTable(rows: readonly Uplift[], s: Speaker): Table {
  const { t, format: f } = s;
  return {
    columns: [{ title: t('col.industry') }, ...numbers(t('col.effect'), t('col.low'), t('col.high'), t('col.treated'), t('col.control'))],
    rows: rows.map((u) => [
      u.industry === null ? t('filter.all') : s.label('industry', u.industry),
      u.refused ? refusal(u, s) : f.growth(u.estimate), f.growth(u.low), f.growth(u.high), f.count(u.n_treated), f.count(u.n_control),
    ]),
  };
}

export function eventTable(weeks: readonly UpliftWeek[], s: Speaker): Table {
  const { t, format: f } = s;
  return {
    columns: numbers(t('col.week'), t('col.effect'), t('col.low'), t('col.high'), t('col.merchants')),
    rows: weeks.map((w) => [String(w.relative_week), f.growth(w.estimate), f.growth(w.low_uniform), f.growth(w.high_uniform), f.count(w.n_treated)]),
  };
}

/** eventSummary says how the effect stands in the last week that is drawn. */
export function eventSummary(weeks: readonly UpliftWeek[], s: Speaker): string {
  const last = weeks.at(-1);
  if (!last) {
    return '';
  }
  return s.t('uplift.eventsummary', { week: last.relative_week, value: s.format.growth(last.estimate), interval: suffix(s, last.low_uniform, last.high_uniform, (x) => s.format.growth(x)) });
}
