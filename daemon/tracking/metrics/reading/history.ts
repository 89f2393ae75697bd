import type { Columns } from '../chunks/columns.ts';
import { pointAt } from '../chunks/columns.ts';
import type { Point } from '../order.ts';
import { compareValues } from '../order.ts';
import type { Layout } from './layout.ts';
import type { Pace } from './pace.ts';

export interface HistoryPage {
  limit: number;
  /** the last point of the page before */
  after?: Point | undefined;
}

/** By time, then step, then value. */
export function compareInTime(a: Point, b: Point): number {
  return a[1] - b[1] || a[0] - b[0] || compareValues(a[2], b[2]);
}

/**
 * The first `limit` points after `after` in the order of times, which is not the order of the store. Regions are opened in the
 * order of their earliest times until the next can hold none of them: mostly those few that the page consists of, all of
 * them in the worst case.
 */
export async function readHistory(layout: Layout, { after, limit }: HistoryPage, pace: Pace): Promise<Point[]> {
  const page = new FirstInTime(after, limit);
  for (const { region, earliest } of regionsInTime(layout, after)) {
    if (page.isBefore(earliest)) break;
    const points = layout.open(region);
    page.take(points);
    await pace.rest(points.length);
  }
  return page.points();
}

function regionsInTime(layout: Layout, after: Point | undefined): { region: number; earliest: number }[] {
  return Array.from({ length: layout.length }, (_, region) => region)
    .filter((region) => after === undefined || layout.latest(region) >= after[1])
    .map((region) => ({ region, earliest: layout.earliest(region) }))
    .sort((a, b) => a.earliest - b.earliest);
}

/** Keeps the first points of all that it is given. */
class FirstInTime {
  private kept: Point[] = [];
  /** no point after this one is among the first */
  private bound: Point | undefined;
  private readonly after: Point | undefined;
  private readonly limit: number;

  constructor(after: Point | undefined, limit: number) {
    this.after = after;
    this.limit = limit;
  }

  /** What begins at this time is too late. */
  isBefore(time: number): boolean {
    if (this.kept.length >= this.limit && this.bound === undefined) this.cut();
    return this.bound !== undefined && time > this.bound[1];
  }

  take(columns: Columns): void {
    const { after, bound } = this;
    for (let index = 0; index < columns.length; index++) {
      const point = pointAt(columns, index);
      if (after !== undefined && compareInTime(point, after) <= 0) continue;
      if (bound === undefined || compareInTime(point, bound) < 0) this.kept.push(point);
    }
    if (this.kept.length >= 2 * this.limit) this.cut();
  }

  points(): Point[] {
    this.cut();
    return this.kept;
  }

  private cut(): void {
    this.kept.sort(compareInTime);
    this.kept.length = Math.min(this.kept.length, this.limit);
    if (this.kept.length === this.limit) this.bound = this.kept.at(-1);
  }
}
