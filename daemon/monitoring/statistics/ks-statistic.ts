export type Alternative = 'two-sided' | 'less' | 'greater';

/** Ascending copy; missing values (NaN) must be gone already. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [big, small] = [a, b];
  while (small > 0) [big, small] = [small, big % small];
  return big;
}

/**
 * The greatest distance of the two empirical distribution functions, times n1·n2. As a whole number it is free of
 * rounding (up to 94 million rows a side), so that the statistic and the exact test agree about ties.
 *
 * `greater` looks where the first sample's function lies above the second's, `less` where it lies below.
 */
export function greatestGap(first: Float64Array, second: Float64Array, alternative: Alternative): number {
  const n1 = first.length;
  const n2 = second.length;
  let above = 0;
  let below = 0;
  let i = 0;
  let j = 0;
  // once one sample is used up, the functions only come closer
  while (i < n1 && j < n2) {
    const a = first[i] as number;
    const b = second[j] as number;
    const value = a < b ? a : b;
    while (i < n1 && (first[i] as number) <= value) i++;
    while (j < n2 && (second[j] as number) <= value) j++;
    const gap = i * n2 - j * n1;
    above = Math.max(above, gap);
    below = Math.max(below, -gap);
  }
  if (alternative === 'greater') return above;
  return alternative === 'less' ? below : Math.max(above, below);
}
