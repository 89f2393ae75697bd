import { execFileSync } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const YAML = `version: 1
name: whole
steps:
  list: {run: cat made.txt, deps: [.]}
  make: {run: echo made > made.txt, outs: [made.txt]}
`;

let workspace: TempWorkspace;
let daemon: TestDaemon;
afterEach(async () => {
  await daemon.kill();
  workspace.dispose();
});

it('a step that reads the whole workspace waits for what is made in it, and is up to date after its run', async () => {
  workspace = new TempWorkspace({ files: { 'crisol.yaml': YAML } });
  execFileSync('git', ['init', '--quiet', workspace.folder]);
  daemon = await TestDaemon.start(workspace.folder);
  const run = async () => {
    const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', {});
    return daemon.endOf(run_id);
  };
  expect(await run()).toMatchObject({ state: 'succeeded' });
  expect(workspace.has('crisol.lock')).toBe(true);
  expect(workspace.read('.gitignore')).toContain('made.txt');
  expect((await run()).steps.map(({ reason }) => reason)).toEqual(['nothing changed', 'nothing changed']);
});
