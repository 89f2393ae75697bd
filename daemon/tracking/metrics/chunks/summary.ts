import type { Point } from '../order.ts';
import { comparePoints } from '../order.ts';
import type { Columns } from './columns.ts';
import { pointAt } from './columns.ts';

/** `chunk number, count, earliest and latest time`, then four points: first, last, least, greatest. */
const FIELDS = 16;
const POINTS_AT = 4;

/** First, least, greatest and last, each once, in their order. */
export function cornersOf(columns: Columns): Point[] {
  const { length } = columns;
  if (length === 0) return [];
  const indexes = new Set([0, ...extremesIn(columns, 0, length), length - 1]);
  return [...indexes].sort((a, b) => a - b).map((index) => pointAt(columns, index));
}

export function summarize(chunkNo: number, columns: Columns): Uint8Array {
  const { times, length } = columns;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < earliest) earliest = time;
    if (time > latest) latest = time;
  }
  const [least, greatest] = extremesIn(columns, 0, length);
  const corners = [0, length - 1, least, greatest].flatMap((index) => [...pointAt(columns, index)]);
  return new Uint8Array(new Float64Array([chunkNo, length, earliest, latest, ...corners]).buffer);
}

/** The indexes of the least and of the greatest value in `[from, to)`; both `from` when there is no number. */
export function extremesIn({ values }: Pick<Columns, 'values'>, from: number, to: number): [number, number] {
  let least = from;
  let greatest = from;
  let low = Number.NaN;
  let high = Number.NaN;
  for (let index = from; index < to; index++) {
    const value = values[index] ?? Number.NaN;
    // comparisons with NaN are false: what is there first is any number
    if (!(value >= low) && !Number.isNaN(value)) {
      low = value;
      least = index;
    }
    if (!(value <= high) && !Number.isNaN(value)) {
      high = value;
      greatest = index;
    }
  }
  return [least, greatest];
}

/** The summaries of a series, one after another as they come out of the store. */
export class Summaries {
  readonly length: number;
  private readonly numbers: Float64Array;

  constructor(bytes: Uint8Array) {
    const { buffer, byteOffset, byteLength } = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
    this.numbers = new Float64Array(buffer, byteOffset, byteLength / 8);
    this.length = this.numbers.length / FIELDS;
  }

  chunkNo(index: number): number {
    return this.field(index, 0);
  }

  count(index: number): number {
    return this.field(index, 1);
  }

  earliest(index: number): number {
    return this.field(index, 2);
  }

  latest(index: number): number {
    return this.field(index, 3);
  }

  first(index: number): Point {
    return this.point(index, 0);
  }

  last(index: number): Point {
    return this.point(index, 1);
  }

  /** First, last, least and greatest, each once, in their order. */
  corners(index: number): Point[] {
    const points = [0, 1, 2, 3].map((which) => this.point(index, which)).sort(comparePoints);
    return points.filter((point, at) => at === 0 || comparePoints(point, points[at - 1] ?? point) !== 0);
  }

  private point(index: number, which: number): Point {
    const at = POINTS_AT + 3 * which;
    return [this.field(index, at), this.field(index, at + 1), this.field(index, at + 2)];
  }

  private field(index: number, field: number): number {
    return this.numbers[index * FIELDS + field] ?? Number.NaN;
  }
}
