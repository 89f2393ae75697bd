import { erfc } from './erfc.ts';

export const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * A cell that is narrower, beside how steep the curve is there, is summed up from its middle: faster than the difference of two
 * shares, of which little would be left after rounding.
 */
const NARROW = 0.4;

/** So many deviations out what lies beyond is nothing beside 1: less than what is rounded away. */
const NOTHING = 9;

/** The share of a standard normal between two places. */
export function normalBetween(from: number, to: number): number {
  if (!(from < to)) return 0;
  // both above the middle: the same two below it, where shares are small and exact
  if (from > 0) return normalBetween(-to, -from);
  if ((to - from) * (1 - from) < NARROW) return narrow((from + to) / 2, to - from);
  if (to <= 0) return below(to) - below(from);
  return 1 - (from < -NOTHING ? 0 : below(from)) - (to > NOTHING ? 0 : below(-to));
}

/** `z` is 0 or less. */
const below = (z: number): number => 0.5 * erfc(-z * Math.SQRT1_2);

/** The density in the middle times the width, and the next terms of the series (Hermite's polynomials of the middle). */
function narrow(middle: number, width: number): number {
  const m = middle * middle;
  const w = (width * width) / 4;
  const second = (m - 1) / 6;
  const fourth = ((m - 6) * m + 3) / 120;
  const sixth = (((m - 15) * m + 45) * m - 15) / 5040;
  const bend = 1 + w * (second + w * (fourth + w * sixth));
  return (Math.exp(-0.5 * m) / ROOT_TWO_PI) * width * bend;
}
