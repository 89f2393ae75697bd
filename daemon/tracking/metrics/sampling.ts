/** One point in the order of its series; only its value decides whether it stays. */
export type Valued = readonly [step: number, timestamp: number, value: number];

const KEPT_PER_BUCKET = 4;

/**
 * At most `limit` points that look like all of them: the series is cut into buckets of equal length, and each keeps its first,
 * last, least and greatest point, so that no peak and no gap of NaN at an edge is lost.
 */
export function sample<T extends Valued>(points: readonly T[], limit: number): readonly T[] {
  if (points.length <= limit) return points;
  const buckets = Math.max(1, Math.floor(limit / KEPT_PER_BUCKET));
  const kept: T[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * points.length) / buckets);
    const to = Math.floor(((bucket + 1) * points.length) / buckets);
    for (const index of keptIn(points, from, to)) {
      const point = points[index];
      if (point) kept.push(point);
    }
  }
  return kept;
}

/** Indexes in `[from, to)`, ascending, each once. */
function keptIn(points: readonly Valued[], from: number, to: number): number[] {
  let least = from;
  let greatest = from;
  for (let index = from; index < to; index++) {
    const value = valueAt(points, index);
    // comparisons with NaN are false: a bucket that starts with NaN takes the first number instead
    if (value < valueAt(points, least) || isGap(points, least)) least = index;
    if (value > valueAt(points, greatest) || isGap(points, greatest)) greatest = index;
  }
  return [...new Set([from, least, greatest, to - 1])].sort((a, b) => a - b);
}

function valueAt(points: readonly Valued[], index: number): number {
  return points[index]?.[2] ?? Number.NaN;
}

function isGap(points: readonly Valued[], index: number): boolean {
  return Number.isNaN(valueAt(points, index));
}
