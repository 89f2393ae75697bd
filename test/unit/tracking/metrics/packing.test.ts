import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, pointAt } from '../../../../daemon/tracking/metrics/chunks/columns.ts';
import { pack, unpack } from '../../../../daemon/tracking/metrics/chunks/packing.ts';
import { cornersOf, Summaries, summarize } from '../../../../daemon/tracking/metrics/chunks/summary.ts';
import type { Point } from '../../../../daemon/tracking/metrics/order.ts';
import { comparePoints } from '../../../../daemon/tracking/metrics/order.ts';

const anyPoint = fc.tuple(fc.maxSafeInteger(), fc.maxSafeNat(), fc.double());
const closePoint = fc.tuple(fc.nat(300), fc.nat(70_000), fc.float());
const samePlace = fc.tuple(fc.constant(0), fc.constant(1000), fc.integer());
const points = fc
  .oneof(...[anyPoint, closePoint, samePlace].map((one) => fc.array(one, { minLength: 1, maxLength: 60 })))
  .map((list) => [...list].sort(comparePoints) as Point[]);

const all = (list: readonly Point[], bytes: Uint8Array<ArrayBuffer>) => {
  const columns = unpack(bytes);
  expect(columns.length).toBe(list.length);
  return list.map((_, index) => pointAt(columns, index));
};

describe('a packed chunk', () => {
  it('gives back every number as it was, however far apart they are', () => {
    fc.assert(
      fc.property(points, (list) => {
        expect(all(list, new Uint8Array(pack(columnsOf(list))))).toEqual(list);
      }),
    );
  });

  it('is read wherever it begins in what the store hands over', () => {
    const list: Point[] = [
      [-5, 10, Number.NaN],
      [Number.MAX_SAFE_INTEGER, 20, Number.NEGATIVE_INFINITY],
    ];
    const packed = pack(columnsOf(list));
    for (let offset = 0; offset < 8; offset++) {
      const shifted = new Uint8Array(new ArrayBuffer(packed.length + offset), offset);
      shifted.set(packed);
      expect(all(list, shifted)).toEqual(list);
    }
  });

  it('takes few bytes for what scripts usually log', () => {
    const usual = Array.from(
      { length: 1024 },
      (_, step): Point => [step, 1.7e12 + 40 * step, Math.fround(1 / (step + 1))],
    );
    expect(pack(columnsOf(usual)).length / usual.length).toBeLessThan(8.1);
    const withoutSteps = Array.from({ length: 1024 }, (_, at): Point => [0, 1.7e12 + at, Math.sqrt(at)]);
    expect(pack(columnsOf(withoutSteps)).length / withoutSteps.length).toBeLessThan(10.1);
  });
});

describe('a forged chunk', () => {
  const forged =
    (...header: number[]) =>
    () =>
      unpack(new Uint8Array(new Float64Array(header).buffer));

  it('is refused before anything is allocated for it', () => {
    const before = process.memoryUsage().arrayBuffers;
    for (const length of [3e8, 8193, 5000, 1, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(forged(length, 8, 0, 0, 0, 0)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it('is refused when its columns are of no width that there is, do not fit, or its header is cut', () => {
    const eight = Array.from({ length: 8 }, () => 0);
    for (const [values, steps, times] of [
      [0, 0, 0],
      [2, 0, 0],
      [8, 3, 0],
      [8, 0, Number.NaN],
      [8, 1, 0],
    ]) {
      const header = [8, values ?? 0, 0, steps ?? 0, 0, times ?? 0];
      expect(forged(...header, ...eight)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    }
    expect(forged(0, 8, 0, 0, 0)).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    expect(forged(8, 8, 0, 0, 0, 0, ...eight)()).toMatchObject({ length: 8 });
  });

  it('is refused when a summary tells of points that no chunk can have, or is cut', () => {
    const summary = (count: number) => {
      const numbers = new Float64Array(16);
      numbers[1] = count;
      return new Uint8Array(numbers.buffer);
    };
    expect(new Summaries(summary(1024)).length).toBe(1);
    for (const count of [0, -5, 0.5, 1e9, Number.NaN]) {
      expect(() => new Summaries(summary(count))).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    }
    for (const bytes of [8, 127, 129]) {
      expect(() => new Summaries(new Uint8Array(bytes))).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    }
  });
});

describe('the summary of a chunk', () => {
  it('tells count, times and corners as they are', () => {
    fc.assert(
      fc.property(points, (list) => {
        const summaries = new Summaries(summarize(7, columnsOf(list)));
        const times = list.map(([, time]) => time);
        expect([summaries.length, summaries.chunkNo(0), summaries.count(0)]).toEqual([1, 7, list.length]);
        expect([summaries.earliest(0), summaries.latest(0)]).toEqual([Math.min(...times), Math.max(...times)]);
        expect([0, 1, 2, 3].map((which) => summaries.corner(0, which))).toEqual(cornersOf(columnsOf(list)));
      }),
    );
  });

  it('knows its extremes among NaN, and does without any', () => {
    const at = (...values: number[]) => cornersOf(columnsOf(values.map((value, step): Point => [step, 0, value])));
    expect(at(Number.NaN, 3, Number.NaN, -2, 5).map(([step]) => step)).toEqual([0, 4, 3, 4]);
    expect(at(Number.NaN, Number.NEGATIVE_INFINITY).map(([step]) => step)).toEqual([0, 1, 1, 1]);
    expect(at(Number.NaN, Number.NaN).map(([step]) => step)).toEqual([0, 1, 0, 0]);
  });
});
