import { CrisolError } from '../../../base/errors.ts';
import type { Columns } from './columns.ts';

/**
 * A chunk's bytes: a header of six numbers (count; width of values; base and width of steps; base and width of times), then
 * the three columns, each beginning at a multiple of 8. Steps and times are distances from their base in as few bytes as
 * hold them all, none where all are equal; values that single precision holds exactly take 4 bytes. Little-endian, like
 * every machine that Node runs on.
 */
const HEADER = 6;
/** Several times what a chunk is cut to. */
export const MOST_POINTS = 8192;

export function pack({ length, steps, times, values }: Columns): Uint8Array {
  const stored = values.every(isSingle) ? new Float32Array(values) : values;
  const step = distances(steps);
  const time = distances(times);
  const header = [length, stored.BYTES_PER_ELEMENT, step.base, step.width, time.base, time.width];
  return joined([new Float64Array(header), stored, step.data, time.data]);
}

export function unpack(bytes: Uint8Array<ArrayBuffer>): Columns {
  // a row's bytes may begin anywhere, numbers may not
  const { buffer, byteOffset } = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  if (bytes.byteLength < 8 * HEADER) throw damaged();
  const header = new Float64Array(buffer, byteOffset, HEADER);
  checkHeader(header, bytes.byteLength);
  const [length = 0, valueWidth = 0, stepBase = 0, stepWidth = 0, timeBase = 0, timeWidth = 0] = header;
  const valuesAt = byteOffset + 8 * HEADER;
  const stepsAt = valuesAt + padded(length * valueWidth);
  const timesAt = stepsAt + padded(length * stepWidth);
  const values = valueWidth === 4 ? Float32Array : Float64Array;
  return {
    length,
    steps: fromDistances(stepBase, distanceArray(stepWidth, buffer, stepsAt, length), length),
    times: fromDistances(timeBase, distanceArray(timeWidth, buffer, timesAt, length), length),
    values: new Float64Array(new values(buffer, valuesAt, length)),
  };
}

/** A store may come with what somebody else wrote: a few bytes must not have much allocated. */
function checkHeader([length = -1, values = -1, , steps = -1, , times = -1]: Float64Array, byteLength: number): void {
  const isKnown = (values === 4 || values === 8) && [steps, times].every((width) => DISTANCE_WIDTHS.includes(width));
  if (!isKnown || !Number.isInteger(length) || length < 0 || length > MOST_POINTS) throw damaged();
  const needed = [8 * HEADER, ...[values, steps, times].map((width) => padded(length * width))];
  if (needed.reduce((sum, part) => sum + part, 0) > byteLength) throw damaged();
}

function damaged(): CrisolError {
  return new CrisolError('STORE_CORRUPT', 'The points of a metric are damaged.');
}

const DISTANCE_WIDTHS: readonly number[] = [0, 1, 2, 4, 8];
type Distances = Uint8Array | Uint16Array | Uint32Array | Float64Array;

function distances(column: Float64Array): { base: number; width: number; data: Distances } {
  let least = column[0] ?? 0;
  let greatest = least;
  for (const number of column) {
    if (number < least) least = number;
    if (number > greatest) greatest = number;
  }
  const width = widthOf(greatest - least);
  // so far apart, a distance may be no whole number any more
  const base = width === 8 ? 0 : least;
  const length = width === 0 ? 0 : column.length;
  const data = distanceArray(width, new ArrayBuffer(length * width), 0, length);
  for (let index = 0; index < length; index++) data[index] = (column[index] ?? 0) - base;
  return { base, width, data };
}

function widthOf(span: number): number {
  if (span === 0) return 0;
  if (span < 2 ** 8) return 1;
  if (span < 2 ** 16) return 2;
  return span < 2 ** 32 ? 4 : 8;
}

function distanceArray(width: number, buffer: ArrayBuffer, at: number, length: number): Distances {
  if (width === 1) return new Uint8Array(buffer, at, length);
  if (width === 2) return new Uint16Array(buffer, at, length);
  if (width === 4) return new Uint32Array(buffer, at, length);
  return width === 8 ? new Float64Array(buffer, at, length) : new Uint8Array(0);
}

function fromDistances(base: number, data: Distances, length: number): Float64Array {
  const column = new Float64Array(length);
  if (data.length === 0) return column.fill(base);
  for (let index = 0; index < length; index++) column[index] = base + (data[index] ?? 0);
  return column;
}

function isSingle(value: number): boolean {
  return Number.isNaN(value) || Math.fround(value) === value;
}

function joined(parts: readonly (Distances | Float32Array)[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + padded(byteLength), 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += padded(byteLength);
  }
  return bytes;
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
