import type { Columns } from '../chunks/columns.ts';
import { concat, emptyColumns, partOf, picked, pointAt } from '../chunks/columns.ts';
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
 * them in the worst case. They stay columns: tens of thousands of points as objects of their own would outlive the collection
 * of young garbage, and fill the old.
 */
export async function readHistory(layout: Layout, { after, limit }: HistoryPage, pace: Pace): Promise<Columns> {
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
  private kept: Columns[] = [];
  private length = 0;
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
    if (this.length >= this.limit && this.bound === undefined) this.cut();
    return this.bound !== undefined && time > this.bound[1];
  }

  take(columns: Columns): void {
    const { after, bound } = this;
    const isWanted = (point: Point) =>
      (after === undefined || compareInTime(point, after) > 0) &&
      (bound === undefined || compareInTime(point, bound) < 0);
    const wanted = indexes(columns.length).filter((index) => isWanted(pointAt(columns, index)));
    this.kept.push(wanted.length === columns.length ? columns : picked(columns, wanted));
    this.length += wanted.length;
    if (this.length >= 2 * this.limit) this.cut();
  }

  points(): Columns {
    return this.cut();
  }

  private cut(): Columns {
    const sorted = inTime(this.kept.length > 0 ? concat(this.kept) : emptyColumns(0));
    const first = partOf(sorted, 0, Math.min(sorted.length, this.limit));
    if (first.length === this.limit) this.bound = pointAt(first, first.length - 1);
    this.kept = [first];
    this.length = first.length;
    return first;
  }
}

/** Mostly they are in that order already. */
function inTime(columns: Columns): Columns {
  const order = indexes(columns.length);
  const compare = (a: number, b: number) => compareInTime(pointAt(columns, a), pointAt(columns, b));
  if (order.every((index) => index === 0 || compare(index - 1, index) <= 0)) return columns;
  return picked(columns, order.sort(compare));
}

function indexes(length: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length }, (_, index) => index);
}
