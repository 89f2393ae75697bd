import type { Point } from '../order.ts';
import { comparePoints } from '../order.ts';

/** Points in their order, column by column: a million of them are three allocations. */
export interface Columns {
  readonly length: number;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

export function emptyColumns(length: number): Columns {
  const column = () => new Float64Array(length);
  return { length, steps: column(), times: column(), values: column() };
}

export function columnsOf(points: readonly Point[]): Columns {
  const columns = emptyColumns(points.length);
  points.forEach((point, index) => {
    put(columns, index, point);
  });
  return columns;
}

export function put({ steps, times, values }: Columns, index: number, [step, time, value]: Point): void {
  steps[index] = step;
  times[index] = time;
  values[index] = value;
}

export function pointAt({ steps, times, values }: Columns, index: number): Point {
  return [steps[index] ?? Number.NaN, times[index] ?? Number.NaN, values[index] ?? Number.NaN];
}

/** A view, not a copy. */
export function partOf({ steps, times, values }: Columns, from: number, to: number): Columns {
  return {
    length: to - from,
    steps: steps.subarray(from, to),
    times: times.subarray(from, to),
    values: values.subarray(from, to),
  };
}

/** Those at these indexes, in their order. */
export function picked({ steps, times, values }: Columns, indexes: Uint32Array): Columns {
  const column = (from: Float64Array) => Float64Array.from(indexes, (index) => from[index] ?? Number.NaN);
  return { length: indexes.length, steps: column(steps), times: column(times), values: column(values) };
}

/** One after another, as they are. */
export function concat(parts: readonly Columns[]): Columns {
  const [only, ...more] = parts;
  if (only && more.length === 0) return only;
  const all = emptyColumns(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { length, steps, times, values } of parts) {
    all.steps.set(steps, at);
    all.times.set(times, at);
    all.values.set(values, at);
    at += length;
  }
  return all;
}

/** Both, in their order. */
export function merge(a: Columns, b: Columns): Columns {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const merged = emptyColumns(a.length + b.length);
  for (let at = 0, fromA = 0, fromB = 0; at < merged.length; at++) {
    const takesA = fromB >= b.length || (fromA < a.length && comparePoints(pointAt(a, fromA), pointAt(b, fromB)) <= 0);
    put(merged, at, takesA ? pointAt(a, fromA++) : pointAt(b, fromB++));
  }
  return merged;
}

/** The index of the first point that is not before this one. */
export function indexOf(columns: Columns, point: Point): number {
  return firstIndex(columns.length, (index) => comparePoints(pointAt(columns, index), point) >= 0);
}

/** The points with `from` ≤ step ≤ `to`. */
export function withinSteps(columns: Columns, from: number, to: number): Columns {
  const { steps, length } = columns;
  const begin = firstIndex(length, (index) => (steps[index] ?? 0) >= from);
  const end = firstIndex(length, (index) => (steps[index] ?? 0) > to);
  return partOf(columns, begin, Math.max(begin, end));
}

/** The first index for which it is true, if it stays true from there on; else `length`. */
export function firstIndex(length: number, isTrue: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
