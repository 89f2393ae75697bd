import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../daemon/base/clock.ts';
import type { StepTask } from '../../../../daemon/pipelines/executors/port.ts';
import type { PipelineRun } from '../../../../schemas/wire/pipelines.ts';
import { PipelineHouse, reasonOf, states } from '../pipeline-house.ts';
import { executorContract } from './contract.ts';
import type { Elsewhere } from './elsewhere.ts';
import { openElsewhere } from './elsewhere.ts';

executorContract('elsewhere', (workspace) => openElsewhere(workspace));

describe('a pipeline whose steps run on another machine', () => {
  let house: PipelineHouse;
  let executor: Elsewhere;
  afterEach(async () => {
    vi.unstubAllEnvs();
    await house.dispose();
  });
  const open = (yaml: string) => {
    house = new PipelineHouse(yaml, 'workspace', systemClock, (workspace) => {
      executor = openElsewhere(workspace).executor;
      return executor;
    });
    const rows = Array.from({ length: 30 }, (_, row) => `${row},${row % 2 === 0 ? 'even' : 'odd'}\n`);
    house.workspace.write('rows.csv', `row,kind\n${rows.join('')}`);
    return house;
  };

  const YAML = `
params: [params.yaml]
steps:
  parts:
    run: head -25 rows.csv > train.csv; tail -6 rows.csv > test.csv
    deps: [rows.csv]
    outs: [train.csv, test.csv]
  count:
    matrix: {part: [train, test]}
    run: wc -l < \${{ matrix.part }}.csv > count/\${{ matrix.part }}.txt
    deps: ["\${{ matrix.part }}.csv"]
    outs: ["count/\${{ matrix.part }}.txt"]
  cv:
    run: |
      cat params.yaml > out.txt
      wc -l < "$CRISOL_FOLD_TEST" >> out.txt
      echo "{\\"fold\\": $CRISOL_FOLD}" > m.json
    params: [size]
    folds: {data: rows.csv, kind: kfold, k: 3}
    outs: [out.txt]
    metrics: [m.json]
  sum:
    run: cat count/train.txt count/test.txt out.txt > sum.txt; echo "$WORD in $CRISOL_WORKSPACE at $CRISOL_STEP"
    env: {WORD: "\${{ env.PORT_WORD }}"}
    deps: [count/train.txt, count/test.txt, out.txt]
    outs: [sum.txt]
`;
  const ALL = { parts: 'succeeded', 'count (train)': 'succeeded', 'count (test)': 'succeeded' };
  const cachedOf = ({ steps }: PipelineRun) => steps.map(({ cached }) => cached);

  it('gives what it gives here, and is cached', async () => {
    vi.stubEnv('PORT_WORD', 'swordfish');
    open(YAML).workspace.write('params.yaml', 'size: 3\n');
    const run = await house.run();
    expect(states(run)).toEqual({ ...ALL, cv: 'succeeded', sum: 'succeeded' });
    expect(house.workspace.read('sum.txt').split(/\s+/)).toEqual(['25', '6', 'size:', '3', '10', '']);
    expect(await house.log(run.run_id, 'sum')).toMatch(/^swordfish in .*another-machine\/at\/\w+ at sum\n$/);
    expect(await house.series(run.steps.find(({ name }) => name === 'cv')?.child_run_id ?? '')).toMatchObject({
      fold: expect.anything(),
    });
    for (const path of ['out.txt', 'count', 'train.csv']) rmSync(house.workspace.path(path), { recursive: true });
    const again = await house.run();
    expect(cachedOf(again)).toEqual(cachedOf(again).map(() => true));
    expect(house.workspace.read('count/test.txt').trim()).toBe('6');
    house.workspace.write('params.yaml', 'size: 4\n');
    const changed = await house.run();
    expect(changed.steps.filter(({ cached }) => !cached).map(({ name }) => name)).toEqual(['cv', 'sum']);
    expect(house.workspace.read('sum.txt')).toContain('size: 4');
  });

  it('is told of each step in words that hold nothing of this machine', async () => {
    vi.stubEnv('PORT_WORD', 'swordfish');
    vi.stubEnv('CRISOL_TEST_INHERITED', 'inherited');
    open(YAML).workspace.write('params.yaml', 'size: 3\n');
    await house.run({ debug: { step: 'sum', port: 5678, libraries: '/opt/vscode/debugpy' } });
    const said = executor.texts.join('\n');
    expect(executor.texts).toHaveLength(7);
    for (const ours of [house.workspace.folder, process.execPath, process.cwd(), 'inherited', '/opt/', '/bin']) {
      expect(said).not.toContain(ours);
    }
    const tasks: StepTask[] = executor.texts.map((text) => JSON.parse(text));
    expect(tasks.find(({ step }) => step === 'sum')).toEqual({
      id: expect.any(String),
      step: 'sum',
      work: { kind: 'script', script: expect.stringContaining('cat count/train.txt') },
      folder: '.',
      reads: ['count/train.txt', 'count/test.txt', 'out.txt'],
      writes: ['sum.txt'],
      variables: {
        PYTHONUNBUFFERED: '1',
        WORD: 'swordfish',
        MLFLOW_TRACKING_URI: 'http://127.0.0.1:1',
        MLFLOW_TRACKING_TOKEN: 'secret',
        MLFLOW_RUN_ID: expect.any(String),
        CRISOL_RUN_ID: expect.any(String),
        CRISOL_STEP: 'sum',
      },
      files: {},
      timeoutMs: null,
      graceMs: 5_000,
      resources: { cpus: 1, memoryBytes: null, gpus: 0 },
      gpus: [],
      debuggerPort: 5678,
    });
  });

  it('has there what its steps say that they read, and nothing else', async () => {
    open('steps:\n  a: {run: "ls; cat hidden", deps: [told], outs: [out]}\n');
    house.workspace.write('told', '');
    house.workspace.write('hidden', '');
    const run = await house.run();
    expect(reasonOf(run, 'a')).toMatch(/hidden/);
    expect((await house.log(run.run_id, 'a')).split('\n')[0]).toBe('told');
  });

  it('has trials, which try other params there', async () => {
    open('');
    house.workspace.write('params.yaml', 'lr: 1\n');
    house.workspace.write(
      'crisol.yaml',
      `version: 1
name: demo
params: [params.yaml]
steps:
  train:
    run: 'echo "{\\"loss\\": $(sed "s/.*: //" params.yaml)}" > m.json; echo "$CRISOL_TRIAL in $CRISOL_WORKSPACE"'
    params: [lr]
    metrics: [m.json]
`,
    );
    const { trials } = house.pipelines;
    const ground = trials.ground({ step: 'train', samples: { lr: [1, 2] }, given: {} });
    await trials.open({ id: 'sweep', name: 'tune', ground }, { signal: new AbortController().signal, tell() {} });
    const request = { id: 'sweep/0/1', sweepId: 'sweep', number: 0, params: { lr: 2 }, metric: 'loss' };
    const trial = await trials.start(request);
    expect(await trial.ended).toMatchObject({ state: 'succeeded', metrics: { loss: 2 } });
    await trials.close('sweep', 'succeeded', {});
    expect(house.workspace.has('m.json')).toBe(false);
    expect(JSON.parse(executor.texts[0] ?? '')).toMatchObject({ folder: 'runs/sweep/0', reads: ['params.yaml'] });
  });
});
