import { afterEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { PipelineHouse } from './pipeline-house.ts';

let house: PipelineHouse | undefined;
afterEach(() => house?.dispose());

it('a step is as far as its own output says, told seldom, until it has ended', async () => {
  house = new PipelineHouse('steps:\n  train: {run: sh train.sh}\n');
  const { workspace, pipelines } = house;
  workspace.write(
    'train.sh',
    String.raw`i=0; while [ $i -lt 2000 ]; do i=$((i+1)); printf "\r 30%%|###   | $i/9999 [00:01<00:0$((i%10)), 5it/s]"; done
printf "\n\r 45%%|####  | 45/100 [00:04<00:05, 9.98it/s]"
until [ -e go ]; do sleep 0.05; done
`,
  );
  const told: string[] = [];
  pipelines.changes.on(({ steps: [step] }) => step?.progress && told.push(step.progress.text));
  const { run_id } = await pipelines.start({});
  const step = () => pipelines.get(run_id).steps[0];
  await waitFor(() => step()?.progress?.text === '45 %, 0:05 left', { what: 'its progress' });
  expect(step()?.progress?.fraction).toBe(0.45);
  expect(told.length).toBeLessThan(50);
  workspace.write('go', '');
  const ended = await house.ended(run_id);
  expect(ended.steps[0]).toMatchObject({ state: 'succeeded' });
  expect(ended.steps[0]?.progress).toBeUndefined();
});
