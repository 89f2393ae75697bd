import { withinSteps } from '../chunks/columns.ts';
import type { Corners } from '../chunks/summary.ts';
import { cornersOf, distinct, FIRST, GREATEST, isMore, LAST, LEAST } from '../chunks/summary.ts';
import type { Point } from '../order.ts';
import { bucketsOf } from '../sampling.ts';
import type { ChartRange, Regions } from './chart.ts';
import type { Layout } from './layout.ts';

/** A chart from the corners of regions; only what the range cuts through is opened: one region at either end. */
export function readOutline(layout: Layout, regions: Regions, range: ChartRange): Point[] {
  const outline = new Outline(layout, regions, range);
  return bucketsOf(outline.length, range.limit).flatMap(([from, to]) => outline.joined(from, to));
}

class Outline {
  length: number;
  private readonly begin: number;
  /** of regions of which only a part is within the range */
  private readonly cut = new Map<number, Corners>();
  private readonly layout: Layout;

  constructor(layout: Layout, { begin, end }: Regions, range: ChartRange) {
    this.layout = layout;
    const hasFirst = this.cutThrough(begin, range);
    const hasLast = this.cutThrough(end - 1, range);
    this.begin = hasFirst ? begin : begin + 1;
    this.length = (hasLast ? end : end - 1) - this.begin;
  }

  /** First, least, greatest and last of all points of these regions. */
  joined(from: number, to: number): Point[] {
    let least = from;
    let greatest = from;
    for (let at = from; at < to; at++) {
      if (isMore(-this.value(at, LEAST), -this.value(least, LEAST))) least = at;
      if (isMore(this.value(at, GREATEST), this.value(greatest, GREATEST))) greatest = at;
    }
    const corners = [
      this.corner(from, FIRST),
      this.corner(least, LEAST),
      this.corner(greatest, GREATEST),
      this.corner(to - 1, LAST),
    ];
    return distinct(corners);
  }

  /** False when none of its points is within the range. */
  private cutThrough(region: number, { from, to }: ChartRange): boolean {
    const { layout } = this;
    if (layout.firstStep(region) >= from && layout.lastStep(region) <= to) return true;
    const part = withinSteps(layout.open(region), from, to);
    if (part.length > 0) this.cut.set(region, cornersOf(part));
    return part.length > 0;
  }

  private value(at: number, which: number): number {
    const region = this.begin + at;
    return this.cut.get(region)?.[which]?.[2] ?? this.layout.value(region, which);
  }

  private corner(at: number, which: number): Point {
    const region = this.begin + at;
    return this.cut.get(region)?.[which] ?? this.layout.corner(region, which);
  }
}
