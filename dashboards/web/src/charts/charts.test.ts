import { describe, expect, it } from 'vitest';
import type { UpliftWeek } from '../api/questions';
import type { Point } from '../model/curve';
import { curves, strips, waiting } from './curves';
import { eventStudy } from './event';
import type { Theme } from './theme';

const theme: Theme = { accent: '#00f', text: '#000', muted: '#777', line: '#ddd', surface: '#fff' };
const point = (x: string, more: Partial<Point> = {}): Point => ({ x, value: 0.3, low: 0.2, high: 0.4, open: false, ...more });

interface Series { type: string; data: unknown[] }

describe('curves', () => {
  const points = [point('1'), point('2'), point('3', { open: true, value: 0.1 })];
  const option = curves([{ curve: { name: 'r', points }, form: String }])(theme, 400);
  const series = option.series as Series[];

  it('draw what can still change apart, from the last finished point on', () => {
    expect(series.filter((s) => s.type === 'line').map((s) => s.data)).toEqual([[0.3, 0.3, null], [null, 0.3, 0.1]]);
  });

  it('have a band only between finished neighbours with an interval', () => {
    expect(strips(points)).toEqual([[0, 0.2, 0.4, 1, 0.2, 0.4]]);
    expect(strips([point('1'), point('2', { low: null }), point('3')])).toEqual([]);
  });

  it('grey the days whose figure is still to come', () => {
    expect(waiting([point('1'), point('2'), point('3', { open: true, value: null }), point('4', { open: true, value: null })])).toEqual([1, 3]);
    expect(waiting(points)).toBeUndefined();
  });

  it('never share a pane between two scales', () => {
    const two = curves([{ curve: { name: 'a', points }, form: String }, { curve: { name: 'b', points }, form: String }])(theme, 400);
    expect([two.grid, two.xAxis, two.yAxis].map((part) => (part as unknown[]).length)).toEqual([2, 2, 2]);
  });
});

describe('the event study', () => {
  const week = (relative_week: number, low: number | null): UpliftWeek => ({
    relative_week, partial: relative_week === 0, estimate: 0.1, low, high: 0.2, low_uniform: low, high_uniform: low === null ? null : 0.2, n_treated: 9,
  });
  const series = eventStudy([week(-2, 0), week(-1, null), week(0, 0)], { switched: 'on', form: String, axis: String })(theme, 400).series as Series[];

  it('greys the weeks before and hollows the reference week', () => {
    const dots = (series[1]?.data ?? []) as { itemStyle: { color: string } }[];
    expect(dots.map((dot) => dot.itemStyle.color)).toEqual(['#777', '#fff', '#00f']);
  });

  it('draws no interval where there is none', () => {
    expect(series[0]?.data.length).toBe(2);
  });
});
