import type { Field } from '../data/fields.ts';
import type { Runs } from '../data/runs.ts';

export interface FieldSort {
  field: Field;
  descending: boolean;
}

/** What decides about two rows: first whether there is a value at all, then the value. */
interface Key {
  /** 0 for a value, 1 for NaN, 2 for none: in both directions those come last */
  ranks: Uint8Array;
  values: Float64Array;
}

/** Newer runs come first where nothing else decides. */
export function sortRows(runs: Runs, rows: Uint32Array, sorts: readonly FieldSort[]): Uint32Array {
  const size = runs.ids.length;
  const keys = sorts.map((sort) => keyOf(sort, rows, size));
  const started = new Float64Array(size);
  for (const row of rows) started[row] = runs.started.get(row) ?? 0;
  return rows.slice().sort((a, b) => {
    for (const { ranks, values } of keys) {
      const decided = at(ranks, a) - at(ranks, b) || order(at(values, a), at(values, b));
      if (decided !== 0) return decided;
    }
    return at(started, b) - at(started, a) || a - b;
  });
}

function keyOf({ field, descending }: FieldSort, rows: Uint32Array, size: number): Key {
  const ranks = new Uint8Array(size);
  const values = new Float64Array(size);
  const valueIn = sortValue(field);
  const sign = descending ? -1 : 1;
  for (const row of rows) {
    const value = valueIn(row);
    if (value === undefined) ranks[row] = 2;
    else if (Number.isNaN(value)) ranks[row] = 1;
    else values[row] = sign * value;
  }
  return { ranks, values };
}

/** Texts are compared by their places among all texts of the column. */
function sortValue(field: Field): (row: number) => number | undefined {
  const { texts } = field;
  if (!texts || field.type === 'number') return field.id === 'run:id' ? idValue(field) : field.number;
  const places = texts.order();
  return (row) => places[texts.code(row)];
}

/** Ids are hexadecimal: their beginning decides. */
function idValue(field: Field): (row: number) => number {
  return (row) => Number.parseInt(field.text(row)?.slice(0, 12) ?? '0', 16) || 0;
}

/** Infinities are equal to themselves. */
function order(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function at(list: Uint8Array | Float64Array, index: number): number {
  return list[index] ?? 0;
}
