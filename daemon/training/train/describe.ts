import type { InputColumn, ReferenceColumns, Signature } from '../../../schemas/model.ts';
import { seededRandom, shuffle } from '../../base/random.ts';
import type { Column } from '../linear/columns.ts';
import { distinctSorted } from '../linear/columns.ts';

/** Enough for a drift test to see what matters, small enough to be read at once. */
const REFERENCE_ROWS = 5000;

export function describeInputs(columns: readonly Column[]): InputColumn[] {
  return columns.map((column) => {
    if (column.kind === 'category') {
      const categories = distinctSorted(column.values).filter((value) => value !== '');
      return { name: column.name, kind: 'category', categories, example: column.values.find(Boolean) ?? '' };
    }
    const present = column.values.filter((value) => !Number.isNaN(value));
    return {
      name: column.name,
      kind: 'number',
      min: present.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
      max: present.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
      integer: present.every(Number.isInteger),
      example: present[0] ?? 0,
    };
  });
}

export function describeModel(
  columns: readonly Column[],
  target: string,
  classes: string[],
  outputs: Signature['outputs'],
): Signature {
  return { inputs: describeInputs(columns), target, classes, outputs };
}

/** Rows that stand for all of them, drawn with a seed and kept in their order. */
export function sampleReference(columns: readonly Column[], rows: number, seed: number): ReferenceColumns {
  const all = Array.from({ length: rows }, (_, row) => row);
  const chosen = rows <= REFERENCE_ROWS ? all : shuffle(all, seededRandom(seed)).slice(0, REFERENCE_ROWS);
  chosen.sort((a, b) => a - b);
  return {
    rows: chosen.length,
    columns: Object.fromEntries(columns.map((column) => [column.name, chosen.map((row) => cell(column, row))])),
  };
}

function cell(column: Column, row: number): number | string | null {
  const value = column.values[row];
  if (value === undefined || value === '' || Number.isNaN(value)) return null;
  return value;
}
