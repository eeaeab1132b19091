import type { SalesRow } from '../api/questions';
import type { Speaker } from './speaker';
import { numbers, type Table } from './table';

/** salesTable lists every day and currency, the newest first. */
export function salesTable(rows: readonly SalesRow[], s: Speaker): Table {
  const { t, format: f } = s;
  return {
    columns: [{ title: t('col.day') }, ...numbers(t('col.net'), t('col.orders'), t('col.visitors'), t('col.visits')), { title: t('col.state') }],
    rows: rows
      .filter((row) => row.day !== null)
      .map((row) => [row.day ?? '', f.money(row.net, row.currency), f.count(row.orders), f.count(row.visitors), f.count(row.visits), s.label('state', row.state)])
      .reverse(),
  };
}
