import { mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ModelFiles } from '../../../daemon/registry/files.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const SIGNATURE = { inputs: [], target: 'result', classes: ['a', 'b'], outputs: { label: 'l', probabilities: 'p' } };
const code = (expected: string) => expect.objectContaining({ code: expected });

let workspace: TempWorkspace;
let outside: TempWorkspace;
let models: string;
beforeEach(() => {
  workspace = new TempWorkspace({
    files: { 'build/model.onnx': 'x', 'build/signature.json': JSON.stringify(SIGNATURE) },
  });
  outside = new TempWorkspace({ files: { '.staging/precious': 'x', '1/precious': 'x' } });
  models = workspace.path('.crisol', 'models');
});
afterEach(() => {
  workspace.dispose();
  outside.dispose();
});

test('a description that would fill the memory is refused', async () => {
  workspace.write('build/reference.json', '');
  truncateSync(workspace.path('build', 'reference.json'), 65_000_000);
  const files = new ModelFiles(models, workspace.folder);
  await expect(files.stage(workspace.path('build'))).rejects.toEqual(code('MODEL_INVALID'));
});

test('nothing is taken away behind links that came with a repository', async () => {
  mkdirSync(models, { recursive: true });
  symlinkSync(outside.folder, join(models, 'match'));
  const files = new ModelFiles(models, workspace.folder);
  const staged = await files.stage(workspace.path('build'));
  expect(() => files.publish(staged, 'match', 1)).toThrow(code('STORE_FOREIGN'));

  rmSync(models, { recursive: true });
  symlinkSync(outside.folder, models);
  expect(() => new ModelFiles(models, workspace.folder)).toThrow(code('STORE_FOREIGN'));
  expect([outside.has('.staging/precious'), outside.has('1/precious')]).toEqual([true, true]);
});
