import type { PairedCounts } from './bins.ts';

/** What an empty bin counts as, and the divisor when the smallest share is no larger than that. */
const EMPTY_SHARE = 0.0001;
const SMALLER_BY = 1e6;

/** Counts as shares of the sample's size. */
export function shares(counts: Float64Array, rows: number): Float64Array {
  return counts.map((count) => count / rows);
}

/** Empty bins get a small share, since a logarithm of zero says nothing; the shares are not scaled again. */
export function fillEmpty(sample: Float64Array): Float64Array {
  let smallest = Number.POSITIVE_INFINITY;
  for (const share of sample) if (share > 0 && share < smallest) smallest = share;
  const filler = smallest <= EMPTY_SHARE ? smallest / SMALLER_BY : EMPTY_SHARE;
  return sample.map((share) => (share === 0 ? filler : share));
}

/** Population stability index: Σ (r − c)·ln(r/c). NaN when a sample is empty. */
export function populationStability(counts: PairedCounts, referenceRows: number, currentRows: number): number {
  const reference = fillEmpty(shares(counts.reference, referenceRows));
  const current = fillEmpty(shares(counts.current, currentRows));
  let index = 0;
  reference.forEach((share, k) => {
    const other = current[k] as number;
    index += (share - other) * Math.log(share / other);
  });
  return referenceRows > 0 && currentRows > 0 ? index : Number.NaN;
}
