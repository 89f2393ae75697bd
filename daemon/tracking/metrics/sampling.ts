import { extremesIn } from './chunks/summary.ts';

/** One point in the order of its series; only its value decides whether it stays. */
export type Valued = readonly [step: number, timestamp: number, value: number];

const KEPT_PER_BUCKET = 4;

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
  return bucketsOf(values.length, limit).flatMap(([from, to]) => {
    const corners = new Set([from, ...extremesIn(values, from, to), to - 1]);
    return [...corners].sort((a, b) => a - b);
  });
}

/** Cuts `length` things into as many parts as `limit` points have room for, `[from, to)` each, none empty. */
export function bucketsOf(length: number, limit: number): [from: number, to: number][] {
  const buckets = Math.min(length, Math.max(1, Math.floor(limit / KEPT_PER_BUCKET)));
  const begin = (bucket: number) => Math.floor((bucket * length) / buckets);
  return Array.from({ length: buckets }, (_, bucket) => [begin(bucket), begin(bucket + 1)]);
}
