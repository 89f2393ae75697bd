import type { Point, Space } from '../space/dimension.ts';
import { sizeOf, valueAt } from '../space/dimension.ts';

/** How many combinations there are; infinitely many when a param has no steps. */
export function gridSize(space: Space): number {
  let size = 1;
  for (const dimension of space.values()) size *= sizeOf(dimension);
  return size;
}

/** The combinations in order: the last param changes first, as the last digit of a number does. */
export function gridPoint(space: Space, index: number): Point {
  let left = index;
  const digits = [...space].reverse().map(([name, dimension]): [string, number] => {
    const size = sizeOf(dimension);
    const digit = left % size;
    left = Math.floor(left / size);
    return [name, dimension.type === 'categorical' ? digit : valueAt(dimension, digit)];
  });
  return new Map(digits.reverse());
}
