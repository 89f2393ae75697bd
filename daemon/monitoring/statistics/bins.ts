/** Counts of two samples over the same bins; `edges` only where the bins are intervals. */
export interface PairedCounts {
  reference: Float64Array;
  current: Float64Array;
  edges?: Float64Array;
}

/** More distinct values than this in the reference make intervals; fewer, one bin a value. */
const DISTINCT_BINS = 20;

/** The bins PSI is taken over, as Evidently makes them: of two sorted samples without missing values. */
export function numericCounts(reference: Float64Array, current: Float64Array): PairedCounts {
  if (!hasMoreDistinct(reference, DISTINCT_BINS)) return valueCounts(reference, current);
  const edges = sturgesEdges(reference, current);
  return { reference: countsBetween(reference, edges), current: countsBetween(current, edges), edges };
}

/** The same for categories: one bin a value of either sample. */
export function categoryCounts(
  reference: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
): PairedCounts & { labels: string[] } {
  const labels = [...new Set([...reference.keys(), ...current.keys()])];
  const pick = (counts: ReadonlyMap<string, number>) => Float64Array.from(labels, (label) => counts.get(label) ?? 0);
  return { labels, reference: pick(reference), current: pick(current) };
}

/** Sturges' rule over both samples together: ⌈log2(n) + 1⌉ intervals of equal width. */
export function sturgesEdges(reference: Float64Array, current: Float64Array): Float64Array {
  const low = Math.min(reference[0] ?? Number.POSITIVE_INFINITY, current[0] ?? Number.POSITIVE_INFINITY);
  const high = Math.max(reference.at(-1) ?? Number.NEGATIVE_INFINITY, current.at(-1) ?? Number.NEGATIVE_INFINITY);
  // at the ends of the doubles the range itself is none
  const range = Math.min(high - low, Number.MAX_VALUE);
  const width = range / (Math.log2(reference.length + current.length) + 1);
  if (!(width > 0)) return Float64Array.of(low - 0.5, high + 0.5);
  return evenEdges(low, high, Math.ceil(range / width));
}

export function evenEdges(low: number, high: number, bins: number): Float64Array {
  const range = high - low;
  const step = Number.isFinite(range) ? range / bins : high / bins - low / bins;
  return Float64Array.from({ length: bins + 1 }, (_, k) => (k === bins ? high : k * step + low));
}

/** How many of the sorted values lie in each interval: closed on the left, the last one on both sides. */
export function countsBetween(values: Float64Array, edges: Float64Array): Float64Array {
  const bins = edges.length - 1;
  const below = Float64Array.from(edges, (edge, k) =>
    k === bins ? firstIndex(values, (value) => value > edge) : firstIndex(values, (value) => value >= edge),
  );
  return Float64Array.from({ length: bins }, (_, k) => (below[k + 1] as number) - (below[k] as number));
}

/** One bin for each distinct value of either sorted sample, ascending. */
export function valueCounts(reference: Float64Array, current: Float64Array): PairedCounts & { values: number[] } {
  const values: number[] = [];
  const counts: [number[], number[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < reference.length || j < current.length) {
    const value = Math.min(reference[i] ?? Number.POSITIVE_INFINITY, current[j] ?? Number.POSITIVE_INFINITY);
    const [startI, startJ] = [i, j];
    while (i < reference.length && reference[i] === value) i++;
    while (j < current.length && current[j] === value) j++;
    values.push(value);
    counts[0].push(i - startI);
    counts[1].push(j - startJ);
  }
  return { values, reference: Float64Array.from(counts[0]), current: Float64Array.from(counts[1]) };
}

/** Whether sorted values hold more than `limit` distinct ones; looks no further than needed. */
export function hasMoreDistinct(values: Float64Array, limit: number): boolean {
  let distinct = 0;
  let previous = Number.NaN;
  for (const value of values) {
    if (value === previous) continue;
    previous = value;
    if (++distinct > limit) return true;
  }
  return false;
}

/** The first index whose value passes a test that all later values pass, too. */
function firstIndex(values: Float64Array, passes: (value: number) => boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(values[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
