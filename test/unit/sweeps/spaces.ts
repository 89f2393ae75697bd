import type { Dimension } from '../../../daemon/sweeps/space/dimension.ts';

/** As the reference values write them; what belongs to another type of param is left out. */
export function dimensionOf(space: unknown): Dimension {
  return space as Dimension;
}
