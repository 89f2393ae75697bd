import { shuffle } from '../../base/random.ts';
import type { Cell, Classes, Fold } from './fold.ts';
import { foldsByAssignment, impossible, sortedClassesOf } from './fold.ts';

/** Rows of one group stay together. The largest groups come first, each into the fold that has fewest rows so far. */
export function groupedFolds(group: readonly Cell[], folds: number, random: (() => number) | null): Fold[] {
  const groups = enoughGroups(group, folds);
  const order = groups.sizes.map((_, index) => index);
  // of equal ones the last comes first, unless chance decides
  if (random) shuffle(order, random);
  else order.reverse();
  order.sort((a, b) => (groups.sizes[b] as number) - (groups.sizes[a] as number));
  const filled = new Array<number>(folds).fill(0);
  const foldOfGroup = new Uint32Array(order.length);
  for (const one of order) {
    const least = filled.indexOf(Math.min(...filled));
    foldOfGroup[one] = least;
    filled[least] = (filled[least] as number) + (groups.sizes[one] as number);
  }
  return foldsByAssignment(
    groups.of.map((one) => foldOfGroup[one] as number),
    folds,
  );
}

/** As many folds as there are groups, in the groups' own order. */
export function leaveOneGroupOut(group: readonly Cell[]): Fold[] {
  const { of, sizes } = enoughGroups(group, 2);
  return foldsByAssignment(of, sizes.length);
}

export function enoughGroups(group: readonly Cell[], folds: number): Classes {
  const groups = sortedClassesOf(group, 'group');
  if (groups.sizes.length >= folds) return groups;
  throw impossible(
    `${groups.sizes.length === 1 ? 'There is one group' : `There are ${groups.sizes.length} groups`}, which cannot be divided into ${folds} folds.`,
  );
}
