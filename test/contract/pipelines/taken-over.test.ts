import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PipelineRun, StartPipeline } from '../../../schemas/wire/pipelines.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';

const YAML = `version: 1
name: demo
params: {tag: x}
steps:
  first: {run: "until [ -e go ]; do sleep 0.02; done"}
  fit: {run: "sh fit.sh \${{ params.tag }}", outs: [out], needs: [first]}
`;
const FIT = `echo "begin $1" >> log
until [ -e end ]; do sleep 0.02; done
echo "$1" > out
echo "end $1" >> log
`;

let workspace: TempWorkspace;
let daemon: TestDaemon;
beforeEach(async () => {
  workspace = new TempWorkspace({ files: { 'crisol.yaml': YAML, 'fit.sh': FIT } });
  daemon = await TestDaemon.start(workspace.folder);
});
afterEach(async () => {
  for (const name of ['go', 'end']) workspace.write(name, '');
  await daemon.stop();
  workspace.dispose();
});

const start = async (request: StartPipeline) => (await daemon.post<PipelineRun>('pipelines/runs', request)).run_id;
const waitsFor = async (run: string) => {
  const { steps } = await daemon.get<PipelineRun>(`pipelines/runs/${run}`);
  return steps.find(({ name }) => name === 'fit')?.waits_for;
};

it('what runs when the daemon dies keeps its files, also from a run that is older and waits for them', async () => {
  const older = await start({ steps: ['fit'], params: { tag: 'older' } });
  const newer = await start({ steps: ['fit'], only: true, params: { tag: 'newer' } });
  await waitFor(() => workspace.has('log'), { what: 'the newer one to write' });
  workspace.write('go', '');
  const isWaiting = async () => (await waitsFor(older)) === 'a run that uses the same files';
  await waitFor(isWaiting, { what: 'the older one to wait' });
  await daemon.kill();
  daemon = await TestDaemon.start(workspace.folder);
  await waitFor(async () => (await isWaiting()) || workspace.read('log') !== 'begin newer\n');
  workspace.write('end', '');
  expect((await daemon.endOf(newer)).steps).toMatchObject([{ name: 'fit', state: 'succeeded', attempt: 1 }]);
  expect((await daemon.endOf(older)).state).toBe('succeeded');
  expect(workspace.read('log')).toBe('begin newer\nend newer\nbegin older\nend older\n');
  expect(workspace.read('out')).toBe('older\n');
});
