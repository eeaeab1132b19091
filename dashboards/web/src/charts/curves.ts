import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { Curve, Point } from '../model/curve';
import { base, xAxis, yAxis, type Build } from './option';
import type { Theme } from './theme';

/** Pane is one curve with the way its values are written. */
export interface Pane {
  curve: Curve;
  form: (x: number) => string;
  /** How the tooltip writes a value; the axis' way if absent. */
  exact?: (x: number) => string;
}

const paneHeight = 150;
const paneGap = 46;

/** heightOf is how high a chart of so many panes is, in pixels. */
export function heightOf(panes: number): number {
  return panes * (paneHeight + paneGap) + 8;
}

/** curves draws panes above one another, over the same days: two scales never share a pane. */
export function curves(panes: readonly Pane[]): Build {
  return (theme) => ({
    ...base(theme),
    tooltip: { ...base(theme).tooltip, formatter: (hit: unknown) => tip(panes, hit) },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: panes.map((_, i) => ({ left: 56, right: 14, top: 26 + i * (paneHeight + paneGap), height: paneHeight - 10 })),
    xAxis: panes.map(({ curve }, i) => xAxis(theme, curve.points.map((p) => p.x), { gridIndex: i })),
    yAxis: panes.map(({ curve, form }, i) =>
      yAxis(theme, form, { gridIndex: i, min: 0, name: panes.length > 1 ? curve.name : '', nameTextStyle: { color: theme.muted, align: 'left', padding: [0, 0, 0, -44] } }),
    ),
    series: panes.flatMap(({ curve }, i) => [shade(curve, theme, i), band(curve, theme, i), line(curve, theme, i), rest(curve, theme, i)]),
  });
}

/** line is the finished part of a curve. */
function line(curve: Curve, theme: Theme, pane: number): LineSeriesOption {
  return {
    type: 'line', name: curve.name, xAxisIndex: pane, yAxisIndex: pane, showSymbol: false, symbolSize: 6,
    lineStyle: { color: theme.accent, width: 2 }, itemStyle: { color: theme.accent },
    data: curve.points.map((p) => (p.open ? null : p.value)),
  };
}

/** rest is the part that can still change: dashed, from the last finished point on. */
function rest(curve: Curve, theme: Theme, pane: number): LineSeriesOption {
  const joins = (i: number): boolean => curve.points[i + 1]?.open === true;
  return {
    type: 'line', name: curve.name, xAxisIndex: pane, yAxisIndex: pane, showSymbol: false, symbolSize: 6,
    lineStyle: { color: theme.accent, width: 2, type: [4, 4] }, itemStyle: { color: theme.accent },
    data: curve.points.map((p, i) => (p.open || joins(i) ? p.value : null)),
  };
}

/** shade greys the days whose figure is still to come: nothing is drawn there, and nothing is missing. */
function shade(curve: Curve, theme: Theme, pane: number): CustomSeriesOption {
  const span = waiting(curve.points);
  return {
    type: 'custom', xAxisIndex: pane, yAxisIndex: pane, silent: true, z: 0, tooltip: { show: false },
    data: span === undefined ? [] : [span],
    encode: { x: [0, 1] },
    renderItem: (params, api) => {
      const { y = 0, height = 0 } = params.coordSys as unknown as { y?: number; height?: number };
      const left = api.coord([api.value(0), 0])[0] ?? 0;
      const right = api.coord([api.value(1), 0])[0] ?? 0;
      return { type: 'rect', shape: { x: left, y, width: right - left, height }, style: { fill: theme.muted, opacity: 0.18 } };
    },
  };
}

/** waiting is from the last drawn point to the last open point without a value, if there is one. */
export function waiting(points: readonly Point[]): [number, number] | undefined {
  const first = points.findIndex((p) => p.open && p.value === null);
  return first < 0 ? undefined : [Math.max(first - 1, 0), points.length - 1];
}

/** band is the interval, drawn between neighbours that both have one. */
function band(curve: Curve, theme: Theme, pane: number): CustomSeriesOption {
  return {
    type: 'custom', xAxisIndex: pane, yAxisIndex: pane, silent: true, z: 1, tooltip: { show: false },
    data: strips(curve.points),
    encode: { x: [0, 3], y: [1, 2, 4, 5] },
    renderItem: (_, api) => {
      const corner = (x: number, y: number): number[] => api.coord([api.value(x), api.value(y)]);
      return {
        type: 'polygon',
        shape: { points: [corner(0, 1), corner(3, 4), corner(3, 5), corner(0, 2)] },
        style: { fill: theme.accent, opacity: 0.16 },
      };
    },
  };
}

/** strips are [x, low, high, next x, next low, next high] of neighbours whose interval is known and final. */
export function strips(points: readonly Point[]): number[][] {
  const all: number[][] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[i], points[i + 1]];
    if (a && b && !a.open && !b.open && a.low !== null && a.high !== null && b.low !== null && b.high !== null) {
      all.push([i, a.low, a.high, i + 1, b.low, b.high]);
    }
  }
  return all;
}

function tip(panes: readonly Pane[], hit: unknown): string {
  const index = (Array.isArray(hit) ? (hit[0] as { dataIndex?: number } | undefined) : undefined)?.dataIndex ?? -1;
  const lines = panes.map(({ curve, form, exact = form }) => {
    const point = curve.points[index];
    const interval = point && point.low !== null && point.high !== null ? ` (${exact(point.low)} ~ ${exact(point.high)})` : '';
    return point && point.value !== null ? `${curve.name}: ${exact(point.value)}${interval}` : '';
  });
  return [panes[0]?.curve.points[index]?.x ?? '', ...lines].filter(Boolean).join('\n');
}
