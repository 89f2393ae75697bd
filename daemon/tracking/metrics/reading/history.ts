import type { Columns } from '../chunks/columns.ts';
import { columnsOf, concat, emptyColumns, partOf, picked } from '../chunks/columns.ts';
import type { Point } from '../order.ts';
import { compareValues } from '../order.ts';
import type { Layout } from './layout.ts';
import type { Pace } from './pace.ts';

export interface HistoryPage {
  limit: number;
  /** the last point of the page before */
  after?: Point | undefined;
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
  private bound: Columns | undefined;
  private readonly after: Columns | undefined;
  private readonly limit: number;

  constructor(after: Point | undefined, limit: number) {
    this.after = after && columnsOf([after]);
    this.limit = limit;
  }

  /** What begins at this time is too late. */
  isBefore(time: number): boolean {
    if (this.length >= this.limit && this.bound === undefined) this.cut();
    return this.bound !== undefined && time > at(this.bound.times, 0);
  }

  take(columns: Columns): void {
    const { after, bound } = this;
    const wanted = indexes(columns.length).filter(
      (index) =>
        (after === undefined || compareInTime(columns, index, after, 0) > 0) &&
        (bound === undefined || compareInTime(columns, index, bound, 0) < 0),
    );
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
    if (first.length === this.limit) this.bound = partOf(first, first.length - 1, first.length);
    this.kept = [first];
    this.length = first.length;
    return first;
  }
}

/** Mostly they are in that order already. */
function inTime(columns: Columns): Columns {
  const order = indexes(columns.length);
  const compare = (a: number, b: number) => compareInTime(columns, a, columns, b);
  if (order.every((index) => index === 0 || compare(index - 1, index) <= 0)) return columns;
  return picked(columns, order.sort(compare));
}

/** By time, then step, then value. Not as points: V8 learns that some of them live long, and puts all among the old. */
function compareInTime(a: Columns, index: number, b: Columns, other: number): number {
  return (
    at(a.times, index) - at(b.times, other) ||
    at(a.steps, index) - at(b.steps, other) ||
    compareValues(at(a.values, index), at(b.values, other))
  );
}

function at(column: Float64Array, index: number): number {
  return column[index] ?? Number.NaN;
}

function indexes(length: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length }, (_, index) => index);
}
