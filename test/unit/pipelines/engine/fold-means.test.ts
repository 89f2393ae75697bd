import { expect, test } from 'vitest';
import { FoldMeans } from '../../../../daemon/pipelines/engine/fold-means.ts';

test('means are told after each fold, deviations of a sample in the end', () => {
  const means = new FoldMeans();
  means.add({ f1: 1, loss: 4 });
  expect(means.points(1, false)).toEqual([
    { key: 'f1', value: 1, step: 1 },
    { key: 'loss', value: 4, step: 1 },
  ]);
  means.add({ f1: 3 });
  expect(means.points(2, true)).toEqual([
    { key: 'f1', value: 2, step: 2 },
    { key: 'loss', value: 4, step: 2 },
    { key: 'f1_std', value: Math.SQRT2, step: 2 },
  ]);
});

test('what a script calls like a deviation itself is not overwritten', () => {
  const means = new FoldMeans();
  for (const value of [1, 2]) means.add({ f1: value, f1_std: value * 10 });
  expect(means.points(2, true).map(({ key, value }) => [key, value])).toEqual([
    ['f1', 1.5],
    ['f1_std', 15],
    ['f1_std_std', Math.sqrt(50)],
  ]);
});
