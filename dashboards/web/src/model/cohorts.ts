import type { RetentionRow, State } from '../api/questions';
import { few } from './portals';
import type { Speaker } from './speaker';

/** Cell is one place of the heat table. */
export interface Cell {
  n: number;
  text: string;
  /** The rate that colours the cell; null leaves it plain. */
  rate: number | null;
  state: State | 'absent';
  /** Too few users: the text is "k of n". */
  weak: boolean;
}

/** CohortLine is one row: a cohort, or all final ones together (day is null). */
export interface CohortLine {
  day: string | null;
  label: string;
  weekday: string;
  users: string;
  cells: Cell[];
}

/** cohortLines arranges cells in rows, the pooled one first, then the newest cohort first. */
export function cohortLines(rows: readonly RetentionRow[], lastN: number, s: Speaker): CohortLine[] {
  const byDay = new Map<string | null, Map<number, RetentionRow>>();
  for (const row of rows) {
    let line = byDay.get(row.cohort_day);
    if (!line) {
      byDay.set(row.cohort_day, (line = new Map()));
    }
    line.set(row.n, row);
  }
  const days = [...byDay.keys()].filter((day): day is string => day !== null).sort().reverse();
  return [null, ...days].flatMap((day) => {
    const line = byDay.get(day);
    return line ? [cohortLine(day, line, lastN, s)] : [];
  });
}

function cohortLine(day: string | null, line: Map<number, RetentionRow>, lastN: number, s: Speaker): CohortLine {
  const cells: Cell[] = [];
  for (let n = 1; n <= lastN; n++) {
    cells.push(cell(n, line.get(n), s));
  }
  return {
    day,
    label: day === null ? s.t('heat.pooled') : s.format.day(day),
    weekday: day === null ? '' : s.format.weekday(day),
    users: s.format.count((line.get(0) ?? line.get(1))?.cohort_users),
    cells,
  };
}

function cell(n: number, row: RetentionRow | undefined, s: Speaker): Cell {
  if (!row || row.state === 'not_due' || row.cohort_users === null || row.cohort_users === 0) {
    return { n, text: '', rate: null, state: row?.state ?? 'absent', weak: false };
  }
  const weak = row.cohort_users < few;
  const text = weak
    ? s.t('state.kofn', { k: s.format.count(row.returned_users), n: s.format.count(row.cohort_users) })
    : s.format.rate(row.rate);
  return { n, text, rate: weak ? null : row.rate, state: row.state, weak };
}
