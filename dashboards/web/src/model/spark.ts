/** sparkPath draws values from zero to their highest as an SVG path; an absent value is a gap. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number): string {
  const highest = Math.max(...values.map((v) => v ?? 0), 0) || 1;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const room = 2; // pixels, so that the line's own width is not cut off
  let pen = 'M';
  let path = '';
  values.forEach((value, i) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const y = height - room - (value / highest) * (height - 2 * room);
    path += `${pen}${(i * step).toFixed(2)} ${y.toFixed(2)}`;
    pen = 'L';
  });
  return path;
}
