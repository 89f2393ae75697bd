import { sorted } from '../statistics/ks.ts';

/** A column in the form that the tests want: made once for a reference, once a report for the requests. */
export type PreparedColumn = NumberColumn | CategoryColumn;

export interface NumberColumn {
  kind: 'number';
  sorted: Float64Array;
  /** without the missing ones */
  rows: number;
  missing: number;
}

export interface CategoryColumn {
  kind: 'category';
  counts: Map<string, number>;
  rows: number;
  missing: number;
}

export type Cell = number | string | boolean | null | undefined;

export function prepareColumn(kind: PreparedColumn['kind'], values: readonly Cell[]): PreparedColumn {
  return kind === 'number' ? prepareNumbers(values) : prepareCategories(values);
}

/** What is no finite number counts as missing. */
export function prepareNumbers(values: readonly Cell[]): NumberColumn {
  const present = new Float64Array(values.length);
  let rows = 0;
  for (const value of values) {
    if (typeof value === 'number' && Number.isFinite(value)) present[rows++] = value;
  }
  return { kind: 'number', sorted: sorted(present.subarray(0, rows)), rows, missing: values.length - rows };
}

export function prepareCategories(values: readonly Cell[]): CategoryColumn {
  const counts = new Map<string, number>();
  let rows = 0;
  for (const value of values) {
    if (value === null || value === undefined || Number.isNaN(value)) continue;
    const category = String(value);
    counts.set(category, (counts.get(category) ?? 0) + 1);
    rows++;
  }
  return { kind: 'category', counts, rows, missing: values.length - rows };
}

/** Numbers throughout make a number column; anything else, categories. */
export function kindOf(values: readonly Cell[]): PreparedColumn['kind'] {
  let numbers = 0;
  for (const value of values) {
    if (typeof value === 'number') numbers++;
    else if (value !== null && value !== undefined) return 'category';
  }
  return numbers > 0 ? 'number' : 'category';
}

/** The one value that a column consists of, if so. */
export function onlyValue(column: PreparedColumn): number | string | undefined {
  if (column.kind === 'category') return column.counts.size === 1 ? column.counts.keys().next().value : undefined;
  const first = column.sorted[0];
  return first === column.sorted.at(-1) ? first : undefined;
}
