import type { MerchantRow } from '../api/questions';

/** What the list of merchants can be sorted by. */
export const orders = ['visitors', 'orders', 'net', 'conversion', 'day7', 'name'] as const;
export type Order = (typeof orders)[number];

export function orderOf(word: string): Order {
  return orders.find((order) => order === word) ?? 'net';
}

/** find keeps the merchants of an industry ("" for all) that hold every searched word, in order. */
export function find(rows: readonly MerchantRow[], industry: string, search: string, order: Order): MerchantRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => {
    const text = `${row.name} ${row.city} ${row.merchant_id} ${row.owner}`.toLowerCase();
    return (industry === '' || row.industry === industry) && words.every((word) => text.includes(word));
  });
  return found.sort((a, b) => compare(a, b, order));
}

/** Largest first; merchants without the figure last; names in their own order. */
function compare(a: MerchantRow, b: MerchantRow, order: Order): number {
  if (order === 'name') {
    return a.name.localeCompare(b.name);
  }
  return rank(b, order) - rank(a, order) || a.merchant_id.localeCompare(b.merchant_id);
}

function rank(row: MerchantRow, order: Exclude<Order, 'name'>): number {
  const value = { visitors: row.visitors, orders: row.orders, net: Number(row.net), conversion: row.conversion_rate, day7: row.day_7 }[order];
  return value ?? -1;
}

/** industriesOf lists the industries there are, the ones with most merchants first. */
export function industriesOf(rows: readonly MerchantRow[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    counts.set(row.industry, (counts.get(row.industry) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([industry]) => industry);
}
