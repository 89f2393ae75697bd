import { afterEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { PipelineHouse } from './pipeline-house.ts';

let house: PipelineHouse;
afterEach(() => house.dispose());

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
  const ground = pipelines.trials.ground({ step: 'train', samples: { lr: [1, 2] }, given: {} });
  await pipelines.trials.open(
    { id: 'sweep', name: 'tune', ground },
    { signal: new AbortController().signal, tell() {} },
  );
  const request = { id: 'sweep/0/1', sweepId: 'sweep', number: 0, params: { lr: 2 }, metric: 'loss' };
  const trial = await pipelines.trials.start(request);
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
