import type { Point } from '../../../../daemon/tracking/metrics/order.ts';
import { comparePoints, compareValues } from '../../../../daemon/tracking/metrics/order.ts';

/** All points of a series in one plain list. */
export class Oracle {
  private readonly known = new Map<string, Point>();

  add(points: readonly Point[]): void {
    for (const [step, time, value] of points) {
      const point: Point = [step, time, value + 0];
      this.known.set(point.join(), point);
    }
  }

  inOrder(from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): Point[] {
    return [...this.known.values()].filter(([step]) => step >= from && step <= to).sort(comparePoints);
  }

  inTime(): Point[] {
    return [...this.known.values()].sort(compareInTime);
  }

  /** As MLflow spreads: the first of each of n tiles in SQL's sense, and the last of all. */
  spread(limit: number, from: number, to: number): Point[] {
    const all = this.inOrder(from, to);
    const tiles: Point[][] = [];
    for (let tile = 0, at = 0; tile < limit && at < all.length; tile++) {
      const length = Math.floor(all.length / limit) + (tile < all.length % limit ? 1 : 0);
      tiles.push(all.slice(at, at + length));
      at += length;
    }
    const firsts = tiles.flatMap(([first]) => (first ? [first] : []));
    const last = all.at(-1);
    if (last && firsts.at(-1) !== last) firsts.length < limit ? firsts.push(last) : firsts.splice(-1, 1, last);
    return firsts;
  }
}

/** By time, then step, then value. */
function compareInTime(a: Point, b: Point): number {
  return a[1] - b[1] || a[0] - b[0] || compareValues(a[2], b[2]);
}
