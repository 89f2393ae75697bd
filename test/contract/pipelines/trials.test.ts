import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { PipelineHouse } from './pipeline-house.ts';

let house: PipelineHouse;
afterEach(() => house.dispose());

const REQUEST = { id: 'sweep/0/1', sweepId: 'sweep', number: 0, params: { lr: 2 }, metric: 'loss' };

/** Of the trials of `train`. */
async function openSweep(): Promise<void> {
  const { trials } = house.pipelines;
  const ground = trials.ground({ step: 'train', samples: { lr: [1, 2] }, given: {} });
  await trials.open({ id: 'sweep', name: 'tune', ground }, { signal: new AbortController().signal, tell() {} });
}

it('whoever listens to a trial hears what each attempt at its step logs', async () => {
  house = new PipelineHouse('');
  const { workspace, pipelines, tracking } = house;
  const inWorkspace = (name: string) => workspace.path(name);
  workspace.write(
    'train.sh',
    `if [ ! -e "${inWorkspace('tried')}" ]; then touch "${inWorkspace('tried')}"; exit 1; fi
touch "${inWorkspace('again')}"; until [ -e "${inWorkspace('go')}" ]; do sleep 0.02; done`,
  );
  workspace.write(
    'crisol.yaml',
    `version: 1
name: demo
params: {lr: 1}
steps:
  train: {run: "sh train.sh \${{ params.lr }}", retry: {limit: 1, backoff: 10ms}}
`,
  );
  await openSweep();
  const trial = await pipelines.trials.start(REQUEST);
  const heard: number[] = [];
  const listening = trial.onPoint(({ value }) => heard.push(value));
  await waitFor(() => workspace.has('again'), { what: 'the second attempt' });
  const log = (value: number, step: number) =>
    tracking.log.batch(trial.runId, { metrics: [{ key: 'loss', value, step, timestamp: step }] });
  await log(7, 1);
  await waitFor(() => heard.length > 0, { what: 'what the second attempt logs' });
  await listening.dispose();
  await log(8, 2);
  workspace.write('go', '');
  expect(await trial.ended).toMatchObject({ state: 'succeeded', metrics: { loss: 8 } });
  expect(heard).toEqual([7]);
  await pipelines.trials.close('sweep', 'succeeded', {});
});

describe('a trial that ran before its daemon ended', () => {
  const PROCESSORS = 'free processors or memory';

  /** A trial that takes all processors until it is told to go, and another daemon, which has its sweep open. */
  async function openAgain(): Promise<void> {
    house = new PipelineHouse('');
    const { workspace } = house;
    const [begun, go] = [workspace.path('begun'), workspace.path('go')];
    workspace.write('train.sh', `touch "${begun}"; until [ -e "${go}" ]; do sleep 0.02; done`);
    workspace.write(
      'crisol.yaml',
      `version: 1
name: demo
params: {lr: 1}
steps:
  train: {run: "sh train.sh \${{ params.lr }}", resources: {cpus: 1000}}
  other: {run: test -e go}
`,
    );
    await openSweep();
    await house.pipelines.trials.start(REQUEST);
    await waitFor(() => workspace.has('begun'), { what: 'the trial to begin' });
    await house.succeed();
    await openSweep();
  }

  /** A run whose step does not get what the trial has. */
  async function waitingRun(): Promise<string> {
    const { run_id } = await house.pipelines.start({ steps: ['other'] });
    const step = () => house.pipelines.get(run_id).steps[0];
    await waitFor(() => step()?.waits_for === PROCESSORS || step()?.state !== 'pending');
    expect(step()?.waits_for).toBe(PROCESSORS);
    return run_id;
  }

  it('has its processors before it is begun again, and nobody else', async () => {
    await openAgain();
    const run = await waitingRun();
    const trial = await house.pipelines.trials.start(REQUEST);
    house.workspace.write('go', '');
    expect(await trial.ended).toMatchObject({ state: 'succeeded' });
    expect((await house.ended(run)).state).toBe('succeeded');
    await house.pipelines.trials.close('sweep', 'succeeded', {});
  });

  it('gives them back with its sweep if nobody begins it again', async () => {
    await openAgain();
    const run = await waitingRun();
    house.workspace.write('go', '');
    await house.pipelines.trials.close('sweep', 'cancelled', {});
    expect((await house.ended(run)).state).toBe('succeeded');
  });
});
