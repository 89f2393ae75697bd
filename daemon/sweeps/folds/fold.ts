import type { JsonValue } from '../../../schemas/language/json.ts';
import { CrisolError } from '../../base/errors.ts';

/** Positions of rows, from 0, ascending. */
export interface Fold {
  train: Uint32Array;
  test: Uint32Array;
}

/** What a row has in a column. */
export type Cell = JsonValue;

/** Each row is tested with in one fold, and trained on in all others. */
export function foldsByAssignment(foldOfRow: ArrayLike<number>, folds: number): Fold[] {
  const rows = Uint32Array.from({ length: foldOfRow.length }, (_, row) => row);
  return Array.from({ length: folds }, (_, fold) => ({
    train: rows.filter((row) => foldOfRow[row] !== fold),
    test: rows.filter((row) => foldOfRow[row] === fold),
  }));
}

export const impossible = (message: string, hint?: string): CrisolError =>
  new CrisolError('FOLDS_IMPOSSIBLE', message, hint === undefined ? {} : { hint });

/** The different values of a column, and which of them each row has. */
export interface Classes {
  of: Uint32Array;
  sizes: number[];
}

/** In the order in which they first occur. */
export function classesOf(cells: readonly Cell[]): Classes {
  const numbers = new Map<string, number>();
  const sizes: number[] = [];
  const of = Uint32Array.from(cells, (cell) => {
    const key = JSON.stringify(cell);
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    sizes[known] = (sizes[known] ?? 0) + 1;
    return known;
  });
  return { of, sizes };
}

/** In their own order: numbers by size, texts by their letters. */
export function sortedClassesOf(cells: readonly Cell[], name: string): Classes {
  const empty = cells.findIndex((cell) => cell === null || Number.isNaN(cell));
  if (empty >= 0)
    throw impossible(`Row ${empty + 1} has no ${name}.`, 'Leave such rows out of the file, or give them one.');
  const { of, sizes } = classesOf(cells);
  const first: Cell[] = [];
  cells.forEach((cell, row) => {
    first[of[row] as number] ??= cell;
  });
  const order = first.map((_, index) => index).sort((a, b) => compareCells(first[a] as Cell, first[b] as Cell));
  const place = Uint32Array.from(order);
  order.forEach((from, to) => {
    place[from] = to;
  });
  return { of: of.map((from) => place[from] as number), sizes: order.map((from) => sizes[from] as number) };
}

function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [one, other] = [String(a), String(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
