import { erfc, logErfc } from './erfc.ts';

export const LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * A cell that is narrower, beside how steep the curve is there, is summed up from its middle: faster than the difference of two
 * shares, of which little would be left after rounding.
 */
const NARROW = 0.4;

/** The share of a standard normal below `z`. */
export function normalBelow(z: number): number {
  return 0.5 * erfc(-z * Math.SQRT1_2);
}

/** Its logarithm, also far below, where the share itself is no number any more. */
export function logNormalBelow(z: number): number {
  if (z > 1) return Math.log1p(-normalBelow(-z));
  return logErfc(-z * Math.SQRT1_2) - Math.LN2;
}

/** The logarithm of the share of a standard normal between two places, however far out they are. */
export function logNormalBetween(from: number, to: number): number {
  if (!(from < to)) return Number.NEGATIVE_INFINITY;
  // both above the middle: the same two below it, where shares are small and exact
  if (from > 0) return logNormalBetween(-to, -from);
  if ((to - from) * (1 - from) < NARROW) return logNarrow((from + to) / 2, to - from);
  if (to > 0) return Math.log1p(-normalBelow(from) - normalBelow(-to));
  const above = logNormalBelow(to);
  return above + Math.log1p(-Math.exp(logNormalBelow(from) - above));
}

/** The density in the middle times the width, and the next terms of the series (Hermite's polynomials of the middle). */
function logNarrow(middle: number, width: number): number {
  const m = middle * middle;
  const w = (width * width) / 4;
  const second = (m - 1) / 6;
  const fourth = ((m - 6) * m + 3) / 120;
  const sixth = (((m - 15) * m + 45) * m - 15) / 5040;
  const eighth = ((((m - 28) * m + 210) * m - 420) * m + 105) / 362_880;
  const bend = w * (second + w * (fourth + w * (sixth + w * eighth)));
  return -0.5 * m - LOG_ROOT_TWO_PI + Math.log(width) + Math.log1p(bend);
}

/** log Σ eˣ */
export function logSumExp(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > most) most = value;
  if (most === Number.NEGATIVE_INFINITY) return most;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - most);
  return most + Math.log(sum);
}
