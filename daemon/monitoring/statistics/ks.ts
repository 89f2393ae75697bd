import { equalSizesOneSidedTail, equalSizesTail, leavingShare } from './ks-exact.ts';
import { oneSampleTail } from './ks-one-sample.ts';
import type { Alternative } from './ks-statistic.ts';
import { greatestCommonDivisor, greatestGap, sorted } from './ks-statistic.ts';
import { stirlingError } from './stirling.ts';

export type { Alternative } from './ks-statistic.ts';
export { sorted } from './ks-statistic.ts';

export type KsMethod = 'auto' | 'exact' | 'asymp';

export interface KsResult {
  statistic: number;
  pvalue: number;
}

export interface KsOptions {
  alternative?: Alternative;
  /** `auto`: exact while the larger sample has at most 10,000 rows */
  method?: KsMethod;
}

const EXACT_ROWS = 10_000;
const EXACT_GRID = 2 ** 31 - 1;
const LARGEST_LOG = Math.log(Number.MAX_VALUE);

/** Two-sample Kolmogorov-Smirnov of samples in any order; NaN where there is nothing to compare. */
export function twoSampleKs(first: ArrayLike<number>, second: ArrayLike<number>, options: KsOptions = {}): KsResult {
  return twoSampleKsSorted(sorted(first), sorted(second), options);
}

/** The same of samples in ascending order: a reference is sorted once and compared many times. */
export function twoSampleKsSorted(first: Float64Array, second: Float64Array, options: KsOptions = {}): KsResult {
  const { alternative = 'two-sided', method = 'auto' } = options;
  const [n1, n2] = [first.length, second.length];
  // NaN sorts to the end
  if (n1 === 0 || n2 === 0 || Number.isNaN(first[n1 - 1]) || Number.isNaN(second[n2 - 1])) {
    return { statistic: Number.NaN, pvalue: Number.NaN };
  }
  const gap = greatestGap(first, second, alternative);
  const statistic = gap / (n1 * n2);
  const sizes = { n1, n2, divisor: greatestCommonDivisor(n1, n2) };
  const pvalue = wantsExact(sizes, alternative, method)
    ? exactTail(sizes, gap, alternative)
    : asymptoticTail(sizes, statistic, alternative);
  return { statistic, pvalue };
}

interface Sizes {
  n1: number;
  n2: number;
  divisor: number;
}

function wantsExact({ n1, n2, divisor }: Sizes, alternative: Alternative, method: KsMethod): boolean {
  if (method === 'asymp') return false;
  if (method === 'auto' && Math.max(n1, n2) > EXACT_ROWS) return false;
  if (((n1 / divisor) * n2) / divisor >= EXACT_GRID) return false;
  // users compare with scipy, which counts the one-sided paths of unequal sizes in doubles and gives up when they overflow
  return alternative === 'two-sided' || n1 === n2 || logPaths(n1, n2) <= LARGEST_LOG;
}

function exactTail({ n1, n2, divisor }: Sizes, gap: number, alternative: Alternative): number {
  const twoSided = alternative === 'two-sided';
  if (gap === 0) return 1;
  if (n1 === n2) return twoSided ? equalSizesTail(n1, gap / n1) : equalSizesOneSidedTail(n1, gap / n1);
  if (twoSided && isBelowDoubles(n1, n2, gap / (n1 * n2))) return 0;
  const grid = { n1, n2, rise: n2 / divisor, fall: n1 / divisor };
  return Math.min(1, leavingShare(grid, gap / divisor, twoSided));
}

/** Massart's bound, 2.17·exp(−2·z²), says that the tail is no double any more: no need to walk the grid. */
function isBelowDoubles(n1: number, n2: number, statistic: number): boolean {
  return (2 * statistic * statistic * n1 * n2) / (n1 + n2) > 750;
}

function asymptoticTail({ n1, n2 }: Sizes, statistic: number, alternative: Alternative): number {
  const effective = (n1 * n2) / (n1 + n2);
  if (alternative === 'two-sided') return oneSampleTail(roundHalfToEven(effective), statistic);
  // Hodges (1958), 5.3
  const [large, small] = [Math.max(n1, n2), Math.min(n1, n2)];
  const z = Math.sqrt(effective) * statistic;
  return Math.exp(-2 * z * z - (2 * z * (large + 2 * small)) / (3 * Math.sqrt(large * small * (large + small))));
}

function roundHalfToEven(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

/** ln C(n1 + n2, n1) */
function logPaths(n1: number, n2: number): number {
  const n = n1 + n2;
  const main = n1 * Math.log(n / n1) + n2 * Math.log(n / n2) + 0.5 * Math.log(n / (2 * Math.PI * n1 * n2));
  return main + stirlingError(n) - stirlingError(n1) - stirlingError(n2);
}
