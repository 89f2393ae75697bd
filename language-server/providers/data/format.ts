/** `separated`: by commas, tabs and the like; `lines`: JSON, a row a line. */
export type TableFormat = 'separated' | 'lines' | 'parquet';

const BY_ENDING = new Map<string, TableFormat>([
  ['csv', 'separated'],
  ['tsv', 'separated'],
  ['ndjson', 'lines'],
  ['jsonl', 'lines'],
  ['parquet', 'parquet'],
]);

/** By the end of its name, as the built-in steps tell tables; null for what they do not read. */
export const tableFormat = (path: string): TableFormat | null =>
  BY_ENDING.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) ?? null;
