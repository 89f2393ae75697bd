import type { ParzenOptions } from './kernels.ts';

/** Below this no kernel goes, whatever the options. */
const NARROWEST = 1e-12;

/** How wide the kernel at each observation is: the larger gap to a neighbour, within limits of the whole range. */
export function widthsOf(centres: Float64Array, range: [number, number], options: ParzenOptions): Float64Array {
  const whole = range[1] - range[0];
  // the prior counts among the kernels
  const least = options.magicClip ? whole / Math.min(100, 2 + centres.length) : NARROWEST;
  const gaps = gapsOf(centres, range, options.endpoints);
  return gaps.map((gap) => Math.min(Math.max(gap, least), whole));
}

function gapsOf(centres: Float64Array, [low, high]: [number, number], endpoints: boolean): Float64Array {
  // equal ones stay as they were observed
  const order = Uint32Array.from(centres.keys()).sort((a, b) => at(centres, a) - at(centres, b) || a - b);
  const gaps = new Float64Array(centres.length);
  const last = order.length - 1;
  // an observation that is alone has no other neighbours
  const ends = endpoints || last === 0;
  order.forEach((index, place) => {
    const centre = at(centres, index);
    const below = place > 0 ? centre - at(centres, order[place - 1]) : ends ? centre - low : 0;
    const above = place < last ? at(centres, order[place + 1]) - centre : ends ? high - centre : 0;
    gaps[index] = Math.max(below, above);
  });
  return gaps;
}

const at = (values: Float64Array, index: number | undefined): number => values[index ?? 0] as number;
