import { extremesIn } from './chunks/summary.ts';
/** One point in the order of its series; only its value decides whether it stays. */
export type Valued = readonly [step: number, timestamp: number, value: number];

const KEPT_PER_BUCKET = 4;

/** Into how many buckets a series is cut that gives at most `limit` points. */
export function bucketsFor(limit: number): number {
  return Math.max(1, Math.floor(limit / KEPT_PER_BUCKET));
}

/** At most `limit` points that look like all of them. */
export function sample<T extends Valued>(points: readonly T[], limit: number): readonly T[] {
  if (points.length <= limit) return points;
  const values = Float64Array.from(points, ([, , value]) => value);
  const kept = new Set(keptIndexes(values, limit));
  return points.filter((_, index) => kept.has(index));
}

/**
 * Ascending: the series is cut into buckets of equal length, and each keeps its first, last, least and greatest point, so that
 * no peak and no gap of NaN at an edge is lost.
 */
export function keptIndexes(values: Float64Array, limit: number): number[] {
  if (values.length <= limit) return Array.from(values.keys());
  const buckets = bucketsFor(limit);
  const kept: number[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * values.length) / buckets);
    const to = Math.floor(((bucket + 1) * values.length) / buckets);
    const corners = new Set([from, ...extremesIn({ values }, from, to), to - 1]);
    kept.push(...[...corners].sort((a, b) => a - b));
  }
  return kept;
}
