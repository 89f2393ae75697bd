import type { Cell, Fold } from './fold.ts';
import { impossible } from './fold.ts';

export interface TimeSeriesOptions {
  /** rows between what is trained on and what is tested with */
  gap: number;
  /** null: as many as the pieces of an even division have */
  testRows: number | null;
  /** null: all that came before */
  maxTrainRows: number | null;
}

/** Each fold is tested with what came next, and trained on what came before; the last one ends with the last row. */
export function timeSeriesFolds(rows: number, folds: number, options: TimeSeriesOptions): Fold[] {
  const { gap, testRows, maxTrainRows } = options;
  if (folds + 1 > rows) throw impossible(`${rows} rows cannot be divided into ${folds} folds one after the other.`);
  const tested = testRows ?? Math.floor(rows / (folds + 1));
  const first = rows - folds * tested;
  if (first - gap <= 0)
    throw impossible(
      `Of ${rows} rows none is left to train on before ${folds} folds of ${tested} rows${gap > 0 ? ` and a gap of ${gap}` : ''}.`,
    );
  return Array.from({ length: folds }, (_, fold) => {
    const begin = first + fold * tested;
    const end = begin - gap;
    return { train: range(Math.max(0, end - (maxTrainRows ?? end)), end), test: range(begin, begin + tested) };
  });
}

/** The folds of rows that lie in another order than that of time. */
export function inOrderOf(folds: readonly Fold[], times: readonly Cell[]): Fold[] {
  const rows = Uint32Array.from(times.keys()).sort((a, b) => compare(times[a] as Cell, times[b] as Cell) || a - b);
  const back = (places: Uint32Array) => places.map((place) => rows[place] as number).sort();
  return folds.map(({ train, test }) => ({ train: back(train), test: back(test) }));
}

/** What has no time comes first, where it is trained on only. */
function compare(a: Cell, b: Cell): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return a < b ? -1 : a > b ? 1 : 0;
}

const range = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to - from }, (_, place) => from + place);
