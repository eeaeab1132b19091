/** Bar is a value with its interval, to be drawn on an axis shared with others. */
export interface Bar {
  name: string;
  value: number | null;
  low: number | null;
  high: number | null;
  /** The value as text, or the reason why there is none. */
  text: string;
  /** What stands behind the value, as text. */
  basis: string;
  /** Too little or unfinished: drawn grey. */
  weak: boolean;
}

/** Axis maps values to per cent of a width. */
export interface Axis {
  from: number;
  to: number;
}

/** axisOf spans zero and everything there is to draw, with a little room. */
export function axisOf(bars: readonly Bar[]): Axis {
  const ends = bars.flatMap((bar) => [bar.value, bar.low, bar.high].filter((x): x is number => x !== null));
  const from = Math.min(0, ...ends);
  const to = Math.max(0, ...ends);
  const room = (to - from || 1) * 0.04;
  return { from: from < 0 ? from - room : 0, to: to + room };
}

/** at is where a value stands on an axis, in per cent. */
export function at(axis: Axis, value: number): number {
  return (100 * (value - axis.from)) / (axis.to - axis.from);
}
