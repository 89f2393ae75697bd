import { afterEach, expect, it } from 'vitest';
import { PipelineHouse } from './pipeline-house.ts';

let house: PipelineHouse;
afterEach(() => house.dispose());

/** A run in tracking, as it is left by a daemon that died before it noted whose it was. */
async function leftBelow(parent: string, tags: Record<string, string>): Promise<string> {
  const { experiment_id } = house.tracking.runs.get(parent);
  const all = Object.entries({ 'mlflow.parentRunId': parent, ...tags }).map(([key, value]) => ({ key, value }));
  return (await house.tracking.runs.start({ experiment_id, name: 'left', tags: all })).run_id;
}

it('an attempt that a daemon left behind ends with its run; what a script began below it is the script’s own', async () => {
  house = new PipelineHouse('steps:\n  a: {run: "until [ -e go ]; do sleep 0.02; done"}\n');
  const { run_id } = await house.pipelines.start({});
  const attempt = await leftBelow(run_id, { 'crisol.step': 'a' });
  const fold = await leftBelow(attempt, { 'crisol.step': 'a', 'crisol.fold': '1' });
  const scripts = await leftBelow(attempt, {});
  house.workspace.write('go', '');
  await house.ended(run_id);
  const states = [run_id, attempt, fold, scripts].map((id) => house.stateInTracking(id));
  expect(states).toEqual(['succeeded', 'cancelled', 'cancelled', 'running']);
});

it('a trial that a daemon left behind ends with its sweep', async () => {
  house = new PipelineHouse(`params: {lr: 1}\nsteps:\n  train: {run: "echo \${{ params.lr }}"}\n`);
  const { trials } = house.pipelines;
  const ground = trials.ground({ step: 'train', samples: { lr: [1, 2] }, given: {} });
  const { runId } = await trials.open(
    { id: 'sweep', name: 'tune', ground },
    { signal: new AbortController().signal, tell() {} },
  );
  const trial = await leftBelow(runId, { 'crisol.step': 'train' });
  await trials.close('sweep', 'succeeded', {});
  expect([runId, trial].map((id) => house.stateInTracking(id))).toEqual(['succeeded', 'cancelled']);
});
