import { shuffle } from '../../base/random.ts';
import type { Cell, Fold } from './fold.ts';
import { classesOf, foldsByAssignment, impossible } from './fold.ts';

/**
 * Each fold has as much of each class as the others, give or take one row; the sizes of the folds differ by no more either.
 * Rows of a class go to the folds in their order.
 */
export function stratifiedFolds(target: readonly Cell[], folds: number, random: (() => number) | null): Fold[] {
  const { of, sizes } = classesOf(target);
  if (sizes.every((size) => size < folds))
    throw impossible(
      `No class has ${folds} rows, so ${folds} folds cannot have one of each: the largest has ${Math.max(0, ...sizes)}.`,
    );
  const shares = sharesOf(sizes, folds);
  const queues = shares.map((counts) => {
    const queue = counts.flatMap((count, fold) => new Array<number>(count).fill(fold));
    return random ? shuffle(queue, random) : queue;
  });
  const foldOfRow = of.map((one) => queues[one]?.shift() as number);
  return foldsByAssignment(foldOfRow, folds);
}

/** How many rows of each class go to each fold: all rows, class after class, are dealt out like cards. */
function sharesOf(sizes: readonly number[], folds: number): number[][] {
  let dealt = 0;
  return sizes.map((size) => {
    const counts = new Array<number>(folds).fill(Math.floor(size / folds));
    for (let extra = 0; extra < size % folds; extra++) {
      const fold = (dealt + extra) % folds;
      counts[fold] = (counts[fold] as number) + 1;
    }
    dealt += size;
    return counts;
  });
}
