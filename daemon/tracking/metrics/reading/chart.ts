import type { Columns } from '../chunks/columns.ts';
import { concat, firstIndex, pointAt, withinSteps } from '../chunks/columns.ts';
import { cornersOf } from '../chunks/summary.ts';
import type { Point } from '../order.ts';
import { bucketsFor, keptIndexes, sample } from '../sampling.ts';
import type { Layout } from './layout.ts';
import type { Pace } from './pace.ts';

export interface ChartRange {
  /** at most so many points */
  limit: number;
  /** steps, both inclusive */
  from: number;
  to: number;
}

/** A sample that keeps first, last, least and greatest: from summaries when there are enough of them, else from all points. */
export async function readChart(layout: Layout, range: ChartRange, pace: Pace): Promise<readonly Point[]> {
  const begin = firstIndex(layout.length, (region) => layout.lastStep(region) >= range.from);
  const end = firstIndex(layout.length, (region) => layout.firstStep(region) > range.to);
  const regions = { begin, end };
  return end - begin > bucketsFor(range.limit) + 1
    ? outline(layout, regions, range)
    : inDetail(layout, regions, range, pace);
}

interface Regions {
  begin: number;
  end: number;
}

/** Only what the range cuts through is opened: one region at either end. */
function outline(layout: Layout, { begin, end }: Regions, { limit, from, to }: ChartRange): readonly Point[] {
  const points: Point[] = [];
  for (let region = begin; region < end; region++) {
    const isWhole = layout.firstStep(region) >= from && layout.lastStep(region) <= to;
    points.push(...(isWhole ? layout.corners(region) : cornersOf(withinSteps(layout.open(region), from, to))));
  }
  return sample(points, limit);
}

async function inDetail(
  layout: Layout,
  { begin, end }: Regions,
  { limit, from, to }: ChartRange,
  pace: Pace,
): Promise<readonly Point[]> {
  const parts: Columns[] = [];
  for (let region = begin; region < end; region++) {
    const part = withinSteps(layout.open(region), from, to);
    parts.push(part);
    await pace.rest(part.length);
  }
  const all = concat(parts);
  return keptIndexes(all.values, limit).map((index) => pointAt(all, index));
}
