import { shuffle } from '../../base/random.ts';
import type { Cell, Fold } from './fold.ts';
import { classesOf, impossible } from './fold.ts';

export interface HoldoutSizes {
  train: number;
  test: number;
}

/** A share of the rows, or so many when it is a whole number. */
export function holdoutSizes(rows: number, share: number): HoldoutSizes {
  const test = share < 1 ? Math.ceil(rows * share) : share;
  const train = rows - test;
  if (train > 0) return { train, test };
  throw impossible(`Of ${rows} rows, none is left to train on when ${test} are tested with.`);
}

/** One fold alone: a part is kept back to test with. */
export function holdout(rows: number, share: number, random: () => number): Fold[] {
  const { test } = holdoutSizes(rows, share);
  const order = shuffle(
    Array.from({ length: rows }, (_, row) => row),
    random,
  );
  return [parted(rows, order.slice(0, test))];
}

/** The same with each class as frequent in both parts as in all rows. */
export function stratifiedHoldout(target: readonly Cell[], share: number, random: () => number): Fold[] {
  const { of, sizes } = classesOf(target);
  const parts = holdoutSizes(target.length, share);
  const rarest = Math.min(...sizes);
  if (rarest < 2) throw impossible('A class has one row alone, which cannot be in both parts.');
  for (const count of [parts.train, parts.test])
    if (count < sizes.length) throw impossible(`${count} rows cannot have one of each of ${sizes.length} classes.`);
  const trained = apportioned(sizes, parts.train);
  const tested = sizes.flatMap((size, one) => {
    const rows = [...of.keys()].filter((row) => of[row] === one);
    return shuffle(rows, random).slice(0, size - (trained[one] as number));
  });
  return [parted(target.length, tested)];
}

/** What is left over goes to those that lost most by rounding down. */
function apportioned(sizes: readonly number[], count: number): number[] {
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size * count) / rows);
  const given = exact.map(Math.floor);
  const left = count - given.reduce((sum, size) => sum + size, 0);
  const order = exact.map((_, one) => one).sort((a, b) => rest(exact[b]) - rest(exact[a]));
  for (const one of order.slice(0, left)) given[one] = (given[one] as number) + 1;
  return given;
}

const rest = (value = 0): number => value - Math.floor(value);

function parted(rows: number, tested: readonly number[]): Fold {
  const isTested = new Uint8Array(rows);
  for (const row of tested) isTested[row] = 1;
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  return { train: all.filter((row) => isTested[row] === 0), test: all.filter((row) => isTested[row] === 1) };
}
