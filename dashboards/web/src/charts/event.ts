import type { UpliftWeek } from '../api/questions';
import { base, xAxis, yAxis, type Build } from './option';

/** Words are what the event study says in the reader's language. */
export interface Words {
  switched: string;
  form: (x: number) => string;
  /** How the axis writes an effect. */
  axis: (x: number) => string;
}

export const eventHeight = 260;

/** eventStudy draws the effect by relative week with its simultaneous band: weeks before in grey, a line at the switch. */
export function eventStudy(weeks: readonly UpliftWeek[], words: Words): Build {
  return (theme) => {
    const color = (i: number): string => ((weeks[i]?.relative_week ?? 0) < 0 ? theme.muted : theme.accent);
    return {
      ...base(theme),
      tooltip: { ...base(theme).tooltip, formatter: (hit: unknown) => tip(weeks, words, hit) },
      grid: { left: 56, right: 16, top: 28, bottom: 28 },
      xAxis: xAxis(theme, weeks.map((w) => String(w.relative_week)), { boundaryGap: true }),
      yAxis: yAxis(theme, words.axis, { scale: true }),
      series: [
        {
          type: 'custom', silent: true, tooltip: { show: false }, encode: { x: 0, y: [1, 2] },
          data: weeks.flatMap((w, i) => (w.low_uniform === null || w.high_uniform === null ? [] : [[i, w.low_uniform, w.high_uniform]])),
          renderItem: (_, api) => {
            const i = Number(api.value(0));
            const [x = 0, low = 0] = api.coord([i, api.value(1)]);
            const high = api.coord([i, api.value(2)])[1] ?? 0;
            return { type: 'line', shape: { x1: x, y1: low, x2: x, y2: high }, style: { stroke: color(i), lineWidth: 2 } };
          },
        },
        {
          type: 'scatter', symbolSize: 9, z: 3,
          data: weeks.map((w, i) => ({ value: [i, w.estimate], itemStyle: w.low_uniform === null ? { color: theme.surface, borderColor: color(i), borderWidth: 2 } : { color: color(i) } })),
          markLine: {
            silent: true, symbol: 'none', animation: false,
            data: [
              { yAxis: 0, label: { show: false }, lineStyle: { color: theme.muted, type: 'solid' } },
              { xAxis: String(0), label: { formatter: words.switched, color: theme.muted, position: 'end' }, lineStyle: { color: theme.muted, type: [4, 4] } },
            ],
          },
        },
      ],
    };
  };
}

function tip(weeks: readonly UpliftWeek[], words: Words, hit: unknown): string {
  const index = (Array.isArray(hit) ? (hit[0] as { dataIndex?: number } | undefined) : undefined)?.dataIndex ?? -1;
  const week = weeks[index];
  if (!week) {
    return '';
  }
  const interval = week.low_uniform === null || week.high_uniform === null ? '' : ` (${words.form(week.low_uniform)} ~ ${words.form(week.high_uniform)})`;
  return `${week.relative_week}: ${words.form(week.estimate)}${interval}`;
}
