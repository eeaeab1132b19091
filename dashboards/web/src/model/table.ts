/** Table is what a figure shows to those who would rather read than look. */
export interface Table {
  columns: Column[];
  rows: string[][];
}

export interface Column {
  title: string;
  /** Numbers are aligned to the right. */
  number?: boolean;
}

export function numbers(...titles: string[]): Column[] {
  return titles.map((title) => ({ title, number: true }));
}
