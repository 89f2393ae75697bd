import type { Columns } from '../chunks/columns.ts';
import { concat, firstIndex, pointAt, withinSteps } from '../chunks/columns.ts';
import type { Point } from '../order.ts';
import { keptIndexes } from '../sampling.ts';
import type { Layout } from './layout.ts';
import { readOutline } from './outline.ts';
import type { Pace } from './pace.ts';

export interface ChartRange {
  /** at most so many points */
  limit: number;
  /** steps, both inclusive */
  from: number;
  to: number;
}

/** `[begin, end)` */
export interface Regions {
  begin: number;
  end: number;
}

/** With fewer regions a chart of their corners alone would be too coarse: each gives up to four points. */
const POINTS_A_REGION = 8;

/** A sample that keeps first, last, least and greatest: from summaries when there are enough of them, else from all points. */
export async function readChart(layout: Layout, range: ChartRange, pace: Pace): Promise<readonly Point[]> {
  const begin = firstIndex(layout.length, (region) => layout.lastStep(region) >= range.from);
  const end = firstIndex(layout.length, (region) => layout.firstStep(region) > range.to);
  const isMany = (end - begin) * POINTS_A_REGION > range.limit + 2 * POINTS_A_REGION;
  return isMany ? readOutline(layout, { begin, end }, range) : readDetail(layout, { begin, end }, range, pace);
}

/** What is unpacked at once, before others have their turn. */
const REGIONS_AT_ONCE = 16;

async function readDetail(
  layout: Layout,
  { begin, end }: Regions,
  { limit, from, to }: ChartRange,
  pace: Pace,
): Promise<readonly Point[]> {
  const total = countOf(layout, begin, end);
  const kept: Point[] = [];
  for (let first = begin; first < end; first += REGIONS_AT_ONCE) {
    const last = Math.min(end, first + REGIONS_AT_ONCE);
    const parts: Columns[] = [];
    for (let region = first; region < last; region++) parts.push(withinSteps(layout.open(region), from, to));
    const all = concat(parts);
    const share = Math.floor((limit * countOf(layout, first, last)) / total);
    for (const index of keptIndexes(all.values, share)) kept.push(pointAt(all, index));
    await pace.rest(all.length);
  }
  return kept;
}

function countOf(layout: Layout, begin: number, end: number): number {
  let count = 0;
  for (let region = begin; region < end; region++) count += layout.count(region);
  return count;
}
