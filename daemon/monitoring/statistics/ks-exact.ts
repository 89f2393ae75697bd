/**
 * Exact tails of the two-sample Kolmogorov-Smirnov statistic.
 *
 * Under the null hypothesis every order of the pooled samples is equally likely, and an order is a path on the grid from
 * (0, 0) to (n1, n2). The tail is the share of the paths that leave the band |i·n2 − j·n1| < n1·n2·D.
 */

/** Stands for "all paths": large, so that shares far below the smallest double keep their digits until the end. */
const ALL = 2 ** 1000;

/** Steps of the grid in units of 1/lcm(n1, n2): one of the first sample is worth `rise`, one of the second `fall`. */
interface Grid {
  n1: number;
  n2: number;
  rise: number;
  fall: number;
}

/** Both sizes equal: by reflection, an alternating sum with a factor from term to term. */
export function equalSizesTail(n: number, gap: number): number {
  let tail = 0;
  for (let k = Math.floor(n / gap); k >= 1; k--) tail = reflectionRatio(n, gap, k) * (1 - tail);
  return Math.min(1, 2 * tail);
}

/** One-sided, both sizes equal: C(2n, n − gap) / C(2n, n). */
export function equalSizesOneSidedTail(n: number, gap: number): number {
  return reflectionRatio(n, gap, 1);
}

/** C(2n, n − k·gap) / C(2n, n − (k − 1)·gap) */
function reflectionRatio(n: number, gap: number, k: number): number {
  const from = (k - 1) * gap;
  let ratio = 1;
  for (let j = 0; j < gap; j++) ratio *= (n - from - j) / (n + from + j + 1);
  return ratio;
}

/**
 * The share of all paths that reach a gap of at least `gap`, a count of 1/lcm; on either side, or only on the first
 * sample's. Walks along the diagonals of the grid: the share at a point is the mean of its two predecessors' shares,
 * weighted by how many paths come from each. Nothing is subtracted, so that small shares keep their digits.
 */
export function leavingShare(grid: Grid, gap: number, twoSided: boolean): number {
  const { n1, n2 } = grid;
  // index i + 1: the share at the point of the current diagonal with i rows of the first sample
  const share = new Float64Array(n1 + 3);
  if (gap <= 0) return 1;
  for (let step = 1; step <= n1 + n2; step++) {
    const from = Math.max(0, step - n2, twoSided ? firstInside(grid, step, gap) : 0);
    const to = Math.min(n1, step, lastInside(grid, step, gap));
    const scale = 1 / step;
    for (let i = to; i >= from; i--) {
      share[i + 1] = ((share[i] as number) * i + (share[i + 1] as number) * (step - i)) * scale;
    }
    if (twoSided) share[from] = ALL;
    share[to + 2] = ALL;
  }
  return (share[n1 + 1] as number) / ALL;
}

/** The smallest i with i·rise − (step − i)·fall > −gap. */
function firstInside({ rise, fall }: Grid, step: number, gap: number): number {
  return Math.floor((step * fall - gap) / (rise + fall)) + 1;
}

/** The largest i with i·rise − (step − i)·fall < gap. */
function lastInside({ rise, fall }: Grid, step: number, gap: number): number {
  return Math.ceil((step * fall + gap) / (rise + fall)) - 1;
}
