import { exactDistribution } from './durbin.ts';
import { pelzGoodDistribution } from './pelz-good.ts';
import { oneSidedTail } from './smirnov.ts';

const SMALL = 140;
/** Up to here the exact distribution is cheap where the expansion is weak: close to zero. */
const CHEAP = 2000;

/**
 * P(D_n ≥ d) of the two-sided one-sample statistic of n points. Which formula is right where follows Simard and L'Ecuyer
 * (2011): far out, twice the one-sided tail; else one minus the exact distribution, or its expansion for large n.
 */
export function oneSampleTail(n: number, d: number): number {
  if (n < 1 || Number.isNaN(d)) return Number.NaN;
  if (n * d <= 0.5) return 1;
  if (d >= 1) return 0;
  const spread = n * d * d;
  // e^(−2·373) is less than the smallest double
  if (spread > 373) return 0;
  const farOut = n <= SMALL ? 4 : 2.2;
  if (d >= 0.5 || spread >= farOut) return Math.min(1, 2 * oneSidedTail(n, d));
  const exact = n <= SMALL || (n <= CHEAP && n * d ** 1.5 <= 1.4);
  const within = exact ? exactDistribution(n, d) : pelzGoodDistribution(n, d);
  return Math.min(1, Math.max(0, 1 - within));
}
