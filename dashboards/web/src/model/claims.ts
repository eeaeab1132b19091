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

/** claimCards puts the report's claims into words; merchants are the names of merchants by id. */
export function claimCards(claims: readonly Claim[], s: Speaker, merchants: ReadonlyMap<string, string>): ClaimCard[] {
  return claims.map((claim) => {
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
      value: claim.value === null ? '–' : form(claim.value),
      interval: s.format.interval(claim.low, claim.high, form),
      n: s.t('report.n', { n: s.format.count(claim.n) }),
      basis: claim.basis,
      quoted: claim.quoted === '' ? '' : s.t('report.quoted', { quoted: claim.quoted }),
      refused: claim.refused ?? '',
    };
  });
}

function formOf(unit: string, s: Speaker): (x: number) => string {
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
