import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addPoints, addToAll, KEPT_POINTS, thin, toNumber } from '../../../schemas/panels/series.ts';
import type { MetricPoint } from '../../../schemas/wire/tracking.ts';

const empty = { key: 'loss', total: 0, points: [] as MetricPoint[] };
const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  fc.constantFrom('NaN' as const, 'Infinity' as const, '-Infinity' as const),
);
const point: fc.Arbitrary<MetricPoint> = fc.tuple(fc.nat(50), fc.nat(50), value);

describe('adding points', () => {
  test('keeps them in order of step and time, however they come', () => {
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const { points: kept } = addPoints(empty, points);
        const sorted = [...kept].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(kept.map(([step, time]) => [step, time])).toEqual(sorted.map(([step, time]) => [step, time]));
      }),
    );
  });

  test('twice is as good as once', () => {
    fc.assert(
      fc.property(fc.array(point), (points) => {
        const once = addPoints(empty, points);
        expect(addPoints(once, points)).toBe(once);
      }),
    );
  });

  test('never keeps more than a panel needs, and still counts them all', () => {
    let series = empty;
    for (let step = 0; step < 50_000; step += 500) {
      series = addPoints(
        series,
        Array.from({ length: 500 }, (_, at): MetricPoint => [step + at, 0, Math.sin(step + at)]),
      );
    }
    expect(series.points.length).toBeLessThanOrEqual(2 * KEPT_POINTS);
    expect(series.total).toBe(50_000);
    expect(series.points.at(-1)?.[0]).toBe(49_999);
  });

  test('makes series that were not there, and leaves the others as they are', () => {
    const other = { key: 'f1', total: 0, points: [] };
    const all = addToAll([other], [{ key: 'loss', points: [[0, 0, 1]] }]);
    expect(all).toEqual([other, { key: 'loss', total: 1, points: [[0, 0, 1]] }]);
    expect(all[0]).toBe(other);
  });
});

describe('thinning', () => {
  test('keeps ends, lowest and highest, drops nothing from few, and stays within bounds', () => {
    const count = fc.integer({ min: 4, max: 40 });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 300 }), count, (points, limit) => {
        const kept = thin(points, limit);
        if (points.length <= limit) expect(kept).toBe(points);
        else expect(kept.length).toBeLessThanOrEqual((limit / 4) * 5);
        const finite = (all: MetricPoint[]) => all.map((one) => toNumber(one[2])).filter(Number.isFinite);
        expect(Math.min(...finite(kept))).toBe(Math.min(...finite(points)));
        expect(Math.max(...finite(kept))).toBe(Math.max(...finite(points)));
        expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      }),
    );
  });

  test('keeps a gap', () => {
    const points = Array.from({ length: 100 }, (_, at): MetricPoint => [at, at, at === 50 ? 'NaN' : at]);
    expect(thin(points, 20).some(([, , one]) => one === 'NaN')).toBe(true);
  });
});
