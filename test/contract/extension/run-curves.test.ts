import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExperimentsTree } from './experiments-tree.ts';
import { openExperimentsTree } from './experiments-tree.ts';

let tree: ExperimentsTree;
beforeEach(async () => {
  tree = await openExperimentsTree();
});
afterEach(() => tree.close());

async function newRun(name: string, steps: number): Promise<string> {
  const { run_id } = await tree.tracking.runs.start({ experiment_id: '0', name, tags: [], started_at: 1 });
  const metrics = Array.from({ length: steps }, (_, step) => [
    { key: 'loss', value: step === 700 ? 99 : Math.sin(step), step, timestamp: step },
    { key: 'f1', value: step, step, timestamp: step },
  ]);
  await tree.tracking.log.batch(run_id, { metrics: metrics.flat(), params: [{ key: 'lr', value: '0.1' }] });
  return run_id;
}

test('the curves of many runs come in one answer, in the order asked for, their extremes among few points', async () => {
  const [long, short] = [await newRun('long', 1000), await newRun('short', 3)];
  const { runs } = await tree.api.runCurves({ run_ids: [short, long], points: 40, keys: ['loss'] });
  expect(runs.map(({ run_id }) => run_id)).toEqual([short, long]);
  expect(runs.map(({ series }) => series.map(({ key, total }) => [key, total]))).toEqual([
    [['loss', 3]],
    [['loss', 1000]],
  ]);
  const points = runs[1]?.series[0]?.points ?? [];
  expect(points.length).toBeLessThanOrEqual(40);
  expect(points.find(([, , value]) => value === 99)?.[0]).toBe(700);
  expect(runs[0]).not.toHaveProperty('run');
});

test('with details they say what each run is, and which are deleted or were never there', async () => {
  const [there, deleted] = [await newRun('there', 2), await newRun('deleted', 2)];
  await tree.tracking.runs.delete(deleted);
  const run_ids = ['nobody', deleted, there];
  const { runs } = await tree.api.runCurves({ run_ids, points: 4, details: true });
  expect(runs.slice(0, 2)).toEqual([
    { run_id: 'nobody', run: null, series: [] },
    { run_id: deleted, run: null, series: [] },
  ]);
  expect(runs[2]?.run).toEqual(await tree.api.run(there));
  expect(runs[2]?.series).toEqual((await tree.api.runMetrics(there, { points: 4 })).series);
});

test('what asks for nothing, or for no points, is refused', async () => {
  await expect(tree.api.runCurves({ run_ids: [], points: 10 })).rejects.toThrow();
  await expect(tree.api.runCurves({ run_ids: ['a'], points: 0 })).rejects.toThrow();
});
