import { firstIndex, pointAt } from '../chunks/columns.ts';
import type { Point } from '../order.ts';
import type { ChartRange } from './chart.ts';
import type { Layout } from './layout.ts';
import type { Pace } from './pace.ts';

/** Evenly spread points, whatever their values. */
export async function readSpread(layout: Layout, { limit, from, to }: ChartRange, pace: Pace): Promise<Point[]> {
  const starts = startsOf(layout);
  const begin = indexOfStep(layout, starts, (step) => step >= from);
  const end = indexOfStep(layout, starts, (step) => step > to);
  const points: Point[] = [];
  let region = -1;
  let columns = layout.nothing;
  for (const spread of spreadIndexes(end - begin, limit)) {
    const index = begin + spread;
    if (index >= (starts[region + 1] ?? 0)) {
      region = firstIndex(layout.length, (at) => (starts[at + 1] ?? 0) > index);
      columns = layout.open(region);
      await pace.rest(columns.length);
    }
    points.push(pointAt(columns, index - (starts[region] ?? 0)));
  }
  return points;
}

/**
 * Ascending indexes below `total`: the first of each of `limit` parts, of which the first ones are longer by one where it
 * does not divide, and the last of all, in place of the last part's when there is no room for both.
 */
export function spreadIndexes(total: number, limit: number): number[] {
  if (total <= limit) return Array.from({ length: Math.max(0, total) }, (_, index) => index);
  const length = Math.floor(total / limit);
  const longer = total % limit;
  const indexes = Array.from({ length: limit }, (_, part) => part * length + Math.min(part, longer));
  indexes[limit - 1] = total - 1;
  return indexes;
}

/** How many points come before each region, and before the end. */
function startsOf(layout: Layout): number[] {
  const starts = [0];
  for (let region = 0; region < layout.length; region++) starts.push((starts[region] ?? 0) + layout.count(region));
  return starts;
}

/** The index of the first point from whose step on it is true. */
function indexOfStep(layout: Layout, starts: readonly number[], isTrue: (step: number) => boolean): number {
  const region = firstIndex(layout.length, (at) => isTrue(layout.lastStep(at)));
  const start = starts[region] ?? 0;
  // mostly the whole series is wanted
  if (region === layout.length || isTrue(layout.firstStep(region))) return start;
  const { steps, length } = layout.open(region);
  return start + firstIndex(length, (index) => isTrue(steps[index] ?? Number.NaN));
}
