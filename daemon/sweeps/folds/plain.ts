import { shuffle } from '../../base/random.ts';
import type { Fold } from './fold.ts';
import { foldsByAssignment, impossible } from './fold.ts';

/** One piece after the other; the first ones are a row longer where it does not come out even. */
export function plainFolds(rows: number, folds: number, random: (() => number) | null): Fold[] {
  if (folds > rows) throw impossible(`${rows} rows cannot be divided into ${folds} folds.`);
  const order = Array.from({ length: rows }, (_, row) => row);
  if (random) shuffle(order, random);
  const foldOfRow = new Uint32Array(rows);
  const longer = rows % folds;
  const size = Math.floor(rows / folds);
  order.forEach((row, place) => {
    const inLonger = place < longer * (size + 1);
    foldOfRow[row] = inLonger ? Math.floor(place / (size + 1)) : Math.floor((place - longer) / size);
  });
  return foldsByAssignment(foldOfRow, folds);
}
