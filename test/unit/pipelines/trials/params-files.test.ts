import { expect, test } from 'vitest';
import { withValues } from '../../../../daemon/pipelines/trials/params-files.ts';

test('a file of params has other values for those that it has, and is else as it was', () => {
  const text = '# by hand\ntrain:\n  lr: 0.1 # rate\n  layers: [1, 2]\nseed: 7\n';
  expect(withValues('params.yaml', text, { 'train.lr': 0.02, 'train.layers': [3], other: 1 })).toBe(
    '# by hand\ntrain:\n  lr: 0.02 # rate\n  layers:\n    - 3\nseed: 7\n',
  );
});

test('JSON stays JSON', () => {
  expect(withValues('params.json', '{"lr": 0.1, "name": "a"}', { lr: 1, name: 'b: c' })).toBe(
    '{\n  "lr": 1,\n  "name": "b: c"\n}\n',
  );
});

test('a file that has none of them is left alone', () => {
  expect(withValues('params.yaml', 'seed: 7\n', { lr: 1, 'seed.deep': 2 })).toBeNull();
});
