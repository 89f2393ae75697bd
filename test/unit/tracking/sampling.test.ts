import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../daemon/tracking/metrics/sampling.ts';

type Point = [step: number, timestamp: number, value: number];

const values = fc.array(fc.double({ noNaN: false }), { maxLength: 400 });
const limits = fc.integer({ min: 4, max: 120 });
const asPoints = (list: number[]): Point[] => list.map((value, step) => [step, 1000 + step, value]);
/** −0 counts as 0 */
const numbers = (points: readonly Point[]) =>
  points.map(([, , value]) => value + 0).filter((value) => !Number.isNaN(value));

describe('sampling a series for a chart', () => {
  it('gives a short series as it is', () => {
    const points = asPoints([3, 1, 2]);
    expect(sample(points, 4)).toEqual(points);
  });

  it('never gives more points than asked for', () => {
    fc.assert(fc.property(values, limits, (list, limit) => sample(asPoints(list), limit).length <= limit));
  });

  it('keeps the order, and every point at most once', () => {
    fc.assert(
      fc.property(values, limits, (list, limit) => {
        const steps = sample(asPoints(list), limit).map(([step]) => step);
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      }),
    );
  });

  it('keeps the first and the last point', () => {
    fc.assert(
      fc.property(values, limits, (list, limit) => {
        const points = asPoints(list);
        const kept = sample(points, limit);
        expect([kept.at(0), kept.at(-1)]).toEqual([points.at(0), points.at(-1)]);
      }),
    );
  });

  it('keeps the least and the greatest value of all, whatever NaN stands between', () => {
    fc.assert(
      fc.property(values, limits, (list, limit) => {
        const points = asPoints(list);
        const all = numbers(points);
        const kept = numbers(sample(points, limit));
        expect(Math.min(...kept)).toBe(Math.min(...all));
        expect(Math.max(...kept)).toBe(Math.max(...all));
      }),
    );
  });

  it('keeps first, last, least and greatest of every bucket', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 41, maxLength: 300 }), (list) => {
        const kept = new Set(sample(asPoints(list), 40).map(([step]) => step));
        for (let bucket = 0; bucket < 10; bucket++) {
          const from = Math.floor((bucket * list.length) / 10);
          const part = list.slice(from, Math.floor(((bucket + 1) * list.length) / 10));
          const found = part.filter((_, index) => kept.has(from + index));
          expect([found.at(0), found.at(-1)]).toEqual([part.at(0), part.at(-1)]);
          expect([Math.min(...found), Math.max(...found)]).toEqual([Math.min(...part), Math.max(...part)]);
        }
      }),
    );
  });
});
