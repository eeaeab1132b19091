/** mainCurrency is the currency of most rows: figures in others are never added to it, tables list them. */
export function mainCurrency(rows: readonly { currency: string | null }[]): string | null {
  const counts = new Map<string | null, number>();
  for (const row of rows) {
    counts.set(row.currency, (counts.get(row.currency) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** inMainCurrency keeps the rows in the main currency. */
export function inMainCurrency<R extends { currency: string | null }>(rows: readonly R[]): R[] {
  const main = mainCurrency(rows);
  return rows.filter((row) => row.currency === main);
}
