import { CrisolError } from '../../../base/errors.ts';
import type { Point } from '../order.ts';
import { comparePoints } from '../order.ts';
import type { Columns } from './columns.ts';
import { pointAt } from './columns.ts';
import { MOST_POINTS } from './packing.ts';

/** What stands for many points in a chart. Least and greatest are the first where there is no number. */
export type Corners = readonly [first: Point, last: Point, least: Point, greatest: Point];
export const [FIRST, LAST, LEAST, GREATEST] = [0, 1, 2, 3] as const;

/** `chunk number, count, earliest and latest time`, then the four corners. */
const FIELDS = 16;
const CORNERS_AT = 4;

export function summarize(chunkNo: number, columns: Columns): Uint8Array {
  const { times, length } = columns;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < earliest) earliest = time;
    if (time > latest) latest = time;
  }
  const numbers = new Float64Array([chunkNo, length, earliest, latest, ...cornersOf(columns).flat()]);
  return new Uint8Array(numbers.buffer);
}

/** There must be a point. */
export function cornersOf(columns: Columns): Corners {
  const [least, greatest] = extremesIn(columns.values, 0, columns.length);
  return [
    pointAt(columns, 0),
    pointAt(columns, columns.length - 1),
    pointAt(columns, least),
    pointAt(columns, greatest),
  ];
}

/** Each once, in their order. */
export function distinct(points: readonly Point[]): Point[] {
  const inOrder = [...points].sort(comparePoints);
  return inOrder.filter((point, at) => at === 0 || comparePoints(point, inOrder[at - 1] ?? point) !== 0);
}

/** The indexes of the least and of the greatest value in `[from, to)`; both `from` when there is no number. */
export function extremesIn(values: Float64Array, from: number, to: number): [number, number] {
  let least = from;
  let greatest = from;
  let low = values[from] ?? Number.NaN;
  let high = low;
  for (let index = from; index < to; index++) {
    const value = values[index] ?? Number.NaN;
    if (isMore(-value, -low)) {
      low = value;
      least = index;
    }
    if (isMore(value, high)) {
      high = value;
      greatest = index;
    }
  }
  return [least, greatest];
}

/** Any number is more than NaN. */
export function isMore(value: number, other: number): boolean {
  return value > other || (Number.isNaN(other) && !Number.isNaN(value));
}

/** The summaries of a series, one after another as they come out of the store. */
export class Summaries {
  readonly length: number;
  private readonly numbers: Float64Array;

  constructor(bytes: Uint8Array) {
    if (bytes.byteLength % (8 * FIELDS) !== 0) throw damaged();
    const { buffer, byteOffset, byteLength } = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
    this.numbers = new Float64Array(buffer, byteOffset, byteLength / 8);
    this.length = this.numbers.length / FIELDS;
    for (let index = 0; index < this.length; index++) if (!isCount(this.count(index))) throw damaged();
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

  corner(index: number, which: number): Point {
    const at = CORNERS_AT + 3 * which;
    return [this.field(index, at), this.field(index, at + 1), this.field(index, at + 2)];
  }

  /** The step of a corner alone, and its value: thousands are looked at for each that is shown. */
  step(index: number, which: number): number {
    return this.field(index, CORNERS_AT + 3 * which);
  }

  value(index: number, which: number): number {
    return this.field(index, CORNERS_AT + 3 * which + 2);
  }

  private field(index: number, field: number): number {
    return this.numbers[index * FIELDS + field] ?? Number.NaN;
  }
}

/** What charts share their points by. */
function isCount(count: number): boolean {
  return Number.isInteger(count) && count > 0 && count <= MOST_POINTS;
}

function damaged(): CrisolError {
  return new CrisolError('STORE_CORRUPT', 'The summaries of a metric are damaged.');
}
