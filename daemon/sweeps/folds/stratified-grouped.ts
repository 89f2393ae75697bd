import { shuffle } from '../../base/random.ts';
import type { Cell, Fold } from './fold.ts';
import { classesOf, foldsByAssignment, impossible } from './fold.ts';
import { enoughGroups } from './grouped.ts';

/** Folds whose evenness differs by less than this share count as equally even. */
const EQUAL = 1e-5;

/**
 * Groups stay together, and classes are as evenly spread as that allows: groups with the most lopsided classes come first, each
 * into the fold that leaves all folds most alike; of equally good ones into the one with fewest rows.
 */
export function stratifiedGroupedFolds(
  target: readonly Cell[],
  group: readonly Cell[],
  folds: number,
  random: (() => number) | null,
): Fold[] {
  const classes = classesOf(target);
  if (classes.sizes.every((size) => size < folds))
    throw impossible(`No class has ${folds} rows, so ${folds} folds cannot have one of each.`);
  const groups = enoughGroups(group, folds);
  const counts = groups.sizes.map(() => new Array<number>(classes.sizes.length).fill(0));
  groups.of.forEach((one, row) => {
    const of = counts[one] as number[];
    const its = classes.of[row] as number;
    of[its] = (of[its] as number) + 1;
  });
  const order = counts.map((_, index) => index);
  if (random) shuffle(order, random);
  order.sort((a, b) => spreadOf(counts[b] as number[]) - spreadOf(counts[a] as number[]));
  const table = new FoldTable(folds, classes.sizes);
  const foldOfGroup = new Uint32Array(order.length);
  for (const one of order) foldOfGroup[one] = table.place(counts[one] as number[]);
  return foldsByAssignment(
    groups.of.map((one) => foldOfGroup[one] as number),
    folds,
  );
}

/** How many rows of each class each fold has so far. */
class FoldTable {
  private readonly counts: number[][];
  private readonly sizes: readonly number[];

  constructor(folds: number, sizes: readonly number[]) {
    this.counts = Array.from({ length: folds }, () => new Array<number>(sizes.length).fill(0));
    this.sizes = sizes;
  }

  place(group: readonly number[]): number {
    let best = { fold: 0, spread: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY };
    this.counts.forEach((fold, index) => {
      const spread = this.spreadWith(group, index);
      const rows = sum(fold);
      const isAsEven = Math.abs(spread - best.spread) <= EQUAL * Math.abs(best.spread);
      if (spread < best.spread || (isAsEven && rows < best.rows)) best = { fold: index, spread, rows };
    });
    this.counts[best.fold] = (this.counts[best.fold] as number[]).map((count, one) => count + (group[one] as number));
    return best.fold;
  }

  /** On average over the classes, how much their shares would differ from fold to fold. */
  private spreadWith(group: readonly number[], into: number): number {
    const spreads = this.sizes.map((size, one) =>
      spreadOf(
        this.counts.map(
          (fold, index) => ((fold[one] as number) + (index === into ? (group[one] as number) : 0)) / size,
        ),
      ),
    );
    return sum(spreads) / spreads.length;
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The standard deviation. */
function spreadOf(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
}
