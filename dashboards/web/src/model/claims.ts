import type { Claim } from '../api/questions';
import type { Speaker } from './speaker';

/** Card is a claim of the report as it is shown. */
export interface ClaimCard {
  key: string;
  title: string;
  /** The API's own words in English, where the page has none; to be marked as English. */
  foreign: boolean;
  scope: string;
  /** The merchant's page, where the claim is about one. */
  link: string;
  value: string;
  interval: string;
  n: string;
  basis: string;
  quoted: string;
  refused: string;
}

/** IndustryClaims lays what is claimed of each industry out as a table. */
export interface IndustryClaims {
  columns: string[];
  rows: { name: string; cells: IndustryCell[] }[];
}

export interface IndustryCell {
  value: string;
  /** The interval, or what stands behind a refused figure. */
  note: string;
}

/** ReportView is the report in three parts, from the general to the special. */
export interface ReportView {
  /** About the platform, and whatever the platform has published a figure of. */
  headlines: ClaimCard[];
  /** About single merchants. */
  cases: ClaimCard[];
  industries: IndustryClaims;
}

/** reportView sorts the claims by what they are about; merchants are the names of merchants by id. */
export function reportView(claims: readonly Claim[], s: Speaker, merchants: ReadonlyMap<string, string>): ReportView {
  const ofIndustry = claims.filter((claim) => isIndustry(claim, s));
  const cards = (some: readonly Claim[]): ClaimCard[] => some.map((claim) => claimCard(claim, s, merchants));
  return {
    headlines: cards(claims.filter((claim) => isHeadline(claim, s))),
    cases: cards(claims.filter((claim) => claim.scope !== 'platform' && !isIndustry(claim, s))),
    industries: industryClaims(ofIndustry, s),
  };
}

/** claimsOf are the cards about one merchant, for its own page. */
export function claimsOf(claims: readonly Claim[], merchant: string, s: Speaker): ClaimCard[] {
  return claims.filter((claim) => claim.scope === merchant).map((claim) => claimCard(claim, s, new Map()));
}

function isIndustry(claim: Claim, s: Speaker): boolean {
  return s.label('industry', claim.scope) !== claim.scope;
}

function isHeadline(claim: Claim, s: Speaker): boolean {
  return claim.scope === 'platform' || (claim.quoted !== '' && isIndustry(claim, s));
}

function claimCard(claim: Claim, s: Speaker, merchants: ReadonlyMap<string, string>): ClaimCard {
  const form = formOf(claim.unit, s);
  const title = s.label('claim', claim.claim);
  const known = title !== claim.claim;
  const merchant = merchants.get(claim.scope);
  return {
    key: `${claim.claim} ${claim.scope}`,
    title: known ? title : claim.label,
    foreign: !known,
    scope: claim.scope === 'platform' ? '' : (merchant ?? s.label('industry', claim.scope)),
    link: merchant === undefined ? '' : `/m/${claim.scope}`,
    value: form(claim.value),
    interval: s.format.interval(claim.low, claim.high, form),
    n: behind(claim, s),
    basis: `${claim.estimand}. ${claim.basis}`,
    quoted: claim.quoted === '' ? '' : s.t('report.quoted', { quoted: s.label('quoted', claim.quoted).replace(' %', '%') }),
    refused: claim.refused ?? '',
  };
}

/** behind says what a figure rests on: "479 merchants". A count rests on itself. */
function behind(claim: Claim, s: Speaker): string {
  const n = s.format.count(claim.n);
  const what = s.label('claimn', claim.claim);
  if (claim.unit === 'count' && claim.n === claim.value) {
    return '';
  }
  return what === claim.claim ? s.t('report.n', { n }) : `${n} ${what}`;
}

function industryClaims(claims: readonly Claim[], s: Speaker): IndustryClaims {
  const names = [...new Set(claims.map((claim) => claim.claim))];
  const scopes = [...new Set(claims.map((claim) => claim.scope))];
  const cell = (scope: string, name: string): IndustryCell => {
    const claim = claims.find((one) => one.scope === scope && one.claim === name);
    const form = formOf(claim?.unit ?? '', s);
    return {
      value: form(claim?.value ?? null),
      note: claim?.refused ? behind(claim, s) : s.format.interval(claim?.low, claim?.high, form),
    };
  };
  return {
    columns: names.map((name) => s.label('claim', name)),
    rows: scopes.map((scope) => ({ name: s.label('industry', scope), cells: names.map((name) => cell(scope, name)) })),
  };
}

function formOf(unit: string, s: Speaker): (x: number | null) => string {
  switch (unit) {
    case 'rate':
      return (x) => s.format.rate(x);
    case 'growth':
      return (x) => s.format.growth(x);
    case 'ratio':
      return (x) => s.format.ratio(x);
    default:
      return (x) => s.format.short(x);
  }
}
