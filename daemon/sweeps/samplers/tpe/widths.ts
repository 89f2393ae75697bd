import type { ParzenOptions } from './kernels.ts';

/** Below this no kernel goes, whatever the options. */
const NARROWEST = 1e-12;

/** How wide the kernel at each observation is: the larger gap to a neighbour, within limits of the whole range. */
export function widthsOf(centres: Float64Array, range: [number, number], options: ParzenOptions): Float64Array {
  const whole = range[1] - range[0];
  // the prior counts among the kernels
  const least = options.magicClip ? Math.max(whole / Math.min(100, 2 + centres.length), Number.MIN_VALUE) : NARROWEST;
  const gaps = gapsOf(centres, range, options.endpoints);
  return gaps.map((gap) => Math.min(Math.max(gap, least), whole));
}

/** Of equal observations the first has the neighbour below, the last the one above, and those between only each other. */
function gapsOf(centres: Float64Array, [low, high]: [number, number], endpoints: boolean): Float64Array {
  const sorted = centres.toSorted();
  const last = sorted.length - 1;
  // an observation that is alone has no other neighbours
  const ends = endpoints || last === 0;
  const taken = new Uint32Array(sorted.length);
  return centres.map((centre) => {
    const first = firstOf(sorted, centre);
    const place = first + (taken[first] as number);
    taken[first] = (taken[first] as number) + 1;
    const below = place > 0 ? centre - (sorted[place - 1] as number) : ends ? centre - low : 0;
    const above = place < last ? (sorted[place + 1] as number) - centre : ends ? high - centre : 0;
    return Math.max(below, above);
  });
}

/** Where the first of those begins that are equal to `value`. */
function firstOf(sorted: Float64Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as number) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
