import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricPoint } from '../../../schemas/wire/tracking.ts';
import type { Line } from '../../../webviews/shared/chart/lines.ts';
import { linePoints, nearest, neighbour, smooth, tableRows } from '../../../webviews/shared/chart/lines.ts';
import { lineStyle } from '../../../webviews/shared/palette.ts';

const line = (id: string, points: [number, number][]): Line => ({
  id,
  name: id,
  style: lineStyle(0, 'vscode-dark'),
  points: points.map(([x, y]) => ({ x, y })),
});

describe('points of a line', () => {
  const points: MetricPoint[] = [
    [0, 1000, 0.5],
    [1, 3000, 'NaN'],
    [2, 2500, 'Infinity'],
  ];
  const series = { key: 'loss', total: 3, points };

  test('lie on their steps; what is no finite number is a gap', () => {
    const drawn = linePoints(series, 'step', 0);
    expect(drawn).toEqual([
      { x: 0, y: 0.5 },
      { x: 1, y: Number.NaN },
      { x: 2, y: Number.NaN },
    ]);
  });

  test('lie on seconds since the start, in order of time', () => {
    expect(linePoints(series, 'time', 1000).map(({ x }) => x)).toEqual([0, 1.5, 2]);
  });

  test('are never more than a chart can show', () => {
    const many = Array.from({ length: 8000 }, (_, at): MetricPoint => [at, at, Math.sin(at)]);
    expect(linePoints({ key: 'k', total: 8000, points: many }, 'step', 0).length).toBeLessThanOrEqual(2000);
  });
});

describe('smoothing', () => {
  test('starts at the first value and leaves a constant alone', () => {
    const points = [3, 3, Number.NaN, 3].map((y, x) => ({ x, y }));
    expect(smooth(points, 0.9).map(({ y }) => Math.round(y * 1e9) / 1e9)).toEqual([3, 3, Number.NaN, 3]);
  });

  test('stays within the values seen so far', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 0.99, noNaN: true }), (all, weight) => {
        smooth(
          all.map((y, x) => ({ x, y })),
          weight,
        ).forEach(({ y }, at) => {
          const seen = all.slice(0, at + 1);
          expect(y).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-3);
          expect(y).toBeLessThanOrEqual(Math.max(...seen) + 1e-3);
        });
      }),
    );
  });
});

describe('finding a point', () => {
  test('nearest is what looking at each would find', () => {
    const xs = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });
    fc.assert(
      fc.property(xs, fc.integer({ min: -1200, max: 1200 }), (all, x) => {
        const points = all.sort((a, b) => a - b).map((at) => ({ x: at, y: 0 }));
        const closest = Math.min(...all.map((at) => Math.abs(at - x)));
        expect(Math.abs((nearest(points, x)?.x ?? Number.NaN) - x)).toBe(closest);
      }),
    );
  });

  test('of no points there is none', () => {
    expect(nearest([], 1)).toBeUndefined();
  });

  test('arrow keys go over every x of all lines, and stop at the ends', () => {
    const lines = [
      line('a', [
        [0, 1],
        [4, 1],
      ]),
      line('b', [[2, 1]]),
    ];
    const visited = [neighbour(lines, null, 1)];
    for (let press = 0; press < 4; press++) visited.push(neighbour(lines, visited.at(-1) ?? null, 1));
    expect(visited).toEqual([0, 2, 4, 4, 4]);
    expect(neighbour(lines, null, -1)).toBe(4);
    expect(neighbour(lines, 2, -1)).toBe(0);
    expect(neighbour([], null, 1)).toBeNull();
  });
});

test('the table has one row for each x, with a hole where a line has no point', () => {
  const rows = tableRows([
    line('a', [
      [0, 1],
      [2, 3],
    ]),
    line('b', [
      [2, 5],
      [1, 4],
    ]),
  ]);
  expect(rows).toEqual([
    { x: 0, values: [1, undefined] },
    { x: 1, values: [undefined, 4] },
    { x: 2, values: [3, 5] },
  ]);
});
