import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { PipelineHouse } from './pipeline-house.ts';

let house: PipelineHouse;
afterEach(() => house.dispose());

const YAML = `
steps:
  train:
    run: sh train.sh
    deps: [train.sh]
    metrics: scores.json
    plots: [curve.csv, shown]
  after:
    run: "echo \${{ steps.train.metrics.test.f1 }} > after"
    needs: [train]
    outs: [after]
`;
const SCRIPT = `
echo '{"test": {"f1": 0.5}}' > scores.json
printf 'step,loss\\n0,0.9\\n5,0.1\\n' > curve.csv
mkdir -p shown && printf 'picture' > shown/roc.png
`;

function open(script = SCRIPT): void {
  house = new PipelineHouse(YAML);
  house.workspace.write('train.sh', script);
}

const step = ({ steps }: PipelineRun) => {
  const train = steps.find(({ name }) => name === 'train');
  return { note: train?.note, state: train?.state, cached: train?.cached, child: train?.child_run_id ?? '' };
};
const LOGGED = {
  loss: [
    [0, 0.9],
    [5, 0.1],
  ],
  'test.f1': [[0, 0.5]],
};

it('what a step writes to its metrics and plots is logged to its run and the pipeline’s, and others may ask for it', async () => {
  open();
  const run = await house.run();
  const { child, note } = step(run);
  expect(run.steps.map(({ state, reason }) => [state, reason])).toEqual([
    ['succeeded', 'no earlier result'],
    ['succeeded', 'no earlier result'],
  ]);
  expect(note).toBeUndefined();
  expect(await house.series(child)).toEqual(LOGGED);
  expect(await house.series(run.run_id)).toEqual(LOGGED);
  expect(house.workspace.read('after')).toBe('0.5\n');
});

it('pictures are kept with the step’s run, but nothing that a link leads to', async () => {
  open(`${SCRIPT}\nln -s /etc/hostname shown/link.png`);
  const { child } = step(await house.run());
  expect(house.artifactsOf(child, 'plots/shown')).toEqual(['roc.png']);
});

it('a run that takes the result from the cache has the same metrics', async () => {
  open();
  await house.run();
  rmSync(house.workspace.path('curve.csv'));
  const again = await house.run();
  expect(step(again).cached).toBe(true);
  expect(await house.series(again.run_id)).toEqual(LOGGED);
});

it('what cannot be read is told with its file and line, and the step has succeeded all the same', async () => {
  open(`printf '{"a": 1,\\n"b": ]}' > scores.json; printf 'step,loss\\n1,0.5\\n2,slow\\n' > curve.csv; mkdir shown`);
  const run = await house.run({ steps: ['train'] });
  const { state, note, child } = step(run);
  expect(state).toBe('succeeded');
  expect(note).toMatch(/^scores\.json, line 2: .*; curve\.csv, line 3: .*slow.* in the column `loss` is no number$/);
  expect(await house.series(child)).toEqual({ loss: [[1, 0.5]] });
});

it('a file that is a link out of the workspace is not read', async () => {
  house = new PipelineHouse('steps:\n  a: {run: ln -s /etc/hostname m.yaml, metrics: m.yaml}\n');
  const run = await house.run();
  expect(run.steps[0]).toMatchObject({
    state: 'succeeded',
    note: "m.yaml: leads out of the project; its result is not kept: m.yaml is a link, which can't be kept.",
  });
  expect(await house.series(run.run_id)).toEqual({});
});
