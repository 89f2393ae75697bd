import { expect, test } from 'vitest';
import { stepsBack } from '../../../../extension/commands/undo.ts';
import { model, version } from '../views/some.ts';

test('what had to make room goes back first, then the promoted version', () => {
  const before = model([version(4, 'staging'), version(3, 'production'), version(1, 'archived')]);
  const after = model([version(4, 'production'), version(3, 'archived'), version(1, 'archived')]);
  expect(stepsBack(before, after, 4)).toEqual([
    { version: 3, to: 'production' },
    { version: 4, to: 'staging' },
  ]);
});

test('nothing is left to do once all is as it was, and versions that came since are left alone', () => {
  const before = model([version(4, 'staging')]);
  expect(stepsBack(before, model([version(5, 'production'), version(4, 'staging')]), 4)).toEqual([]);
});
