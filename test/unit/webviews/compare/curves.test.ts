import { describe, expect, test } from 'vitest';
import type { ComparedRun } from '../../../../schemas/panels/compare.ts';
import { pointsPerSeries } from '../../../../schemas/panels/compare.ts';
import { closeUpsFor } from '../../../../webviews/compare/model/close-ups.ts';
import type { CurveOptions } from '../../../../webviews/compare/model/curves.ts';
import { curveOf, drawBudget, refine } from '../../../../webviews/compare/model/curves.ts';
import { itemsOf } from '../../../../webviews/compare/model/items.ts';
import { thinLine, within } from '../../../../webviews/compare/model/thinning.ts';
import { NOW, run, series } from '../../../contract/webviews/recorded.ts';

const plain: CurveOptions = { x: 'step', logX: false, smoothing: 0, range: null, budget: 1000 };
const item = (state: ComparedRun) => {
  const [only] = itemsOf([state], null, 'vscode-dark');
  if (!only) throw new Error('there is no run');
  return only;
};
const loss = run('a', {}, [series('loss', 100, (at) => (at === 50 ? 'NaN' : at))]);

describe('a curve', () => {
  test('goes by step, by time since the run began, or by time of day', () => {
    const first = (x: CurveOptions['x']) => curveOf(item(loss), 'loss', { ...plain, x })?.points[1]?.x;
    expect(first('step')).toBe(1);
    expect(first('relative')).toBeCloseTo(0.1);
    expect(first('time')).toBe(NOW - 60_000 + 100);
  });

  test('has a gap where a value is no number, and begins after zero on a logarithmic axis', () => {
    const line = curveOf(item(loss), 'loss', { ...plain, logX: true });
    expect(line?.points[0]?.x).toBe(1);
    expect(line?.points.find(({ x }) => x === 50)?.y).toBeNaN();
  });

  test('is smoothed as TensorBoard does: an average that is not drawn to zero at its beginning', () => {
    const state = run('a', {}, [series('loss', 3, (at) => [1, 2, 4][at] ?? 0)]);
    const line = curveOf(item(state), 'loss', { ...plain, smoothing: 0.5 });
    // (1), (1·½ + 2)·½ / (1 − ¼), …
    expect(line?.points.map(({ y }) => y)).toEqual([1, 1.25 / 0.75, 2.625 / 0.875]);
    expect(line?.raw?.map(({ y }) => y)).toEqual([1, 2, 4]);
  });

  test('stays the same object while nothing about it changes', () => {
    const [one, again] = [item(loss), item(loss)];
    expect(curveOf(one, 'loss', plain)).toBe(curveOf(again, 'loss', plain));
    expect(curveOf(one, 'loss', plain)).not.toBe(curveOf(one, 'loss', { ...plain, smoothing: 0.1 }));
  });

  test('takes the finer sample where it is zoomed to, and keeps what was logged meanwhile', () => {
    const coarse = { ...series('loss', 10, (at) => at), total: 1000 };
    const detail = {
      key: 'loss',
      total: 1000,
      points: [
        [4, NOW, 1],
        [5, NOW, 2],
        [6, NOW, 3],
      ] as [number, number, number][],
    };
    expect(refine(coarse, { from: 3, to: 7 }, detail).map(([step]) => step)).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9]);
  });
});

describe('a closer look', () => {
  test('is taken only of series that are known as samples, at the steps that are seen', () => {
    const sampled = run('b', {}, [{ ...series('loss', 100, (at) => at), total: 5000 }]);
    const items = itemsOf([loss, sampled], null, 'vscode-dark');
    expect(closeUpsFor(items, ['loss'], 'step', [10.5, 19.5])).toEqual([{ run_id: sampled.run_id, from: 10, to: 20 }]);
    // a tenth of a second a step; one more on each side
    expect(closeUpsFor(items, ['loss'], 'relative', [1, 2])).toEqual([{ run_id: sampled.run_id, from: 9, to: 21 }]);
    expect(closeUpsFor(items, ['other'], 'step', [0, 9])).toEqual([]);
  });
});

describe('fewer points', () => {
  test('keep the lowest, the highest, the ends and the gaps', () => {
    const points = Array.from({ length: 10_000 }, (_, x) => ({ x, y: Math.sin(x) }));
    Object.assign(points[1234] ?? {}, { y: 99 });
    Object.assign(points[4321] ?? {}, { y: -99 });
    Object.assign(points[7777] ?? {}, { y: Number.NaN });
    const thin = thinLine(points, 400);
    expect(thin.length).toBeLessThanOrEqual(500);
    for (const x of [0, 1234, 4321, 7777, 9999]) expect(thin.map((point) => point.x)).toContain(x);
  });

  test('of what is seen reach over both edges', () => {
    const points = Array.from({ length: 10 }, (_, x) => ({ x, y: x }));
    expect(within(points, [3.5, 5.5]).map(({ x }) => x)).toEqual([3, 4, 5, 6]);
    expect(within(points, [3.2, 3.4]).map(({ x }) => x)).toEqual([3, 4]);
    expect(within(points, [20, 30]).map(({ x }) => x)).toEqual([9]);
    expect(within(points, null)).toBe(points);
  });

  test('are kept and drawn of each run, the more runs there are', () => {
    expect(pointsPerSeries(2)).toBe(2000);
    expect(pointsPerSeries(200)).toBe(200);
    expect(pointsPerSeries(100_000)).toBeGreaterThan(10);
    expect(200 * drawBudget(200)).toBeLessThanOrEqual(40_000);
  });
});
