import { rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { RunDetail, RunList } from '../../schemas/wire/tracking.ts';
import { Cli } from '../contract/cli/cli.ts';
import { TestDaemon } from '../support/daemon.ts';
import { TempWorkspace } from '../support/temp-workspace.ts';
import { python } from './servers.ts';

// a project as people have them, in a virtual environment: what it does is known only by running it
let cli: Cli;
let daemon: TestDaemon;
beforeAll(async () => {
  const workspace = new TempWorkspace({ copyOf: join(import.meta.dirname, '..', 'fixtures', 'wine') });
  symlinkSync(dirname(dirname(python())), workspace.path('.venv'));
  cli = new Cli(workspace);
  daemon = await TestDaemon.start(workspace.folder, { env: { MLFLOW_DISABLE_TELEMETRY: 'true' } });
});
afterAll(async () => {
  await daemon.stop();
  cli.workspace.dispose();
});

const STEPS = [
  'prepare',
  'features',
  'compare (logistic)',
  'compare (forest)',
  'compare (neighbours)',
  'final',
  'evaluate',
  'register',
];

async function run(...args: string[]) {
  const { stdout, stderr } = await cli.run('run', ...args);
  const { runs } = await daemon.get<{ runs: PipelineRun[] }>('pipelines');
  const [newest] = runs;
  if (!newest) throw new Error(`nothing has run: ${stderr}`);
  const failed = newest.steps.filter(({ state }) => state !== 'succeeded');
  expect(failed.map(({ name, reason, tail }) => [name, reason, tail])).toEqual([]);
  return {
    run: newest,
    said: stderr + stdout,
    ran: newest.steps.filter(({ cached }) => !cached).map(({ name }) => name),
  };
}

const detail = (runId: string) => daemon.get<RunDetail>(`runs/${runId}`);
const metricsOf = async (runId: string) =>
  Object.fromEntries((await detail(runId)).metrics.map(({ key, value }) => [key, value]));

it('runs from end to end, and all that it logs and writes is found', async () => {
  const { run: pipeline, said, ran } = await run();
  expect(ran).toEqual(STEPS);
  expect(said).toMatch(/^ {2}Python 3\.\S+, \.venv\/bin\/python \(of the workspace\)\n/);
  const metrics = await metricsOf(pipeline.run_id);
  expect(Object.keys(metrics).sort()).toEqual(['cv_accuracy', 'right', 'test.accuracy', 'test.f1_macro']);
  expect(metrics['test.accuracy']).toBeGreaterThan(0.9);
  const child = (name: string) => pipeline.steps.find((step) => step.name === name)?.child_run_id ?? '';
  expect(Object.keys(await metricsOf(child('compare (forest)'))).sort()).toEqual(['cv_accuracy', 'fold_accuracy']);
  const shown = await daemon.get<{ files: { path: string }[] }>(
    `/api/2.0/mlflow/artifacts/list?run_id=${child('evaluate')}&path=plots/reports`,
  );
  expect(shown.files.map(({ path }) => path)).toEqual(['plots/reports/confusion.png']);
  expect((await cli.run('models')).stdout).toContain('wine');
});

it('runs nothing again when nothing changed, and only what depends on what did', async () => {
  expect((await run()).ran).toEqual([]);
  const params = cli.workspace.read('params.yaml');
  const weaker = params.replace('C: 1.0', 'C: 0.5');
  cli.workspace.write('params.yaml', weaker);
  expect((await run()).ran).toEqual(['final', 'evaluate', 'register']);
  cli.workspace.write('params.yaml', weaker.replace('folds: 3', 'folds: 4'));
  const { ran, run: pipeline } = await run();
  expect(ran).toEqual(['compare (logistic)', 'compare (forest)', 'compare (neighbours)']);
  expect((await metricsOf(pipeline.run_id))['test.accuracy']).toBeGreaterThan(0.9);
  cli.workspace.write('params.yaml', params);
  rmSync(cli.workspace.path('build'), { recursive: true });
  // all of it is known; but what was registered last is another model
  expect((await run()).ran).toEqual(['register']);
});

it('is tuned by a sweep, whose best is there at once when the step runs with it', async () => {
  const { code, stdout, stderr } = await cli.run('sweep', 'strength');
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  const [, value] = /--param final\.C=(\S+)/.exec(stdout) ?? [];
  expect(Number(value)).toBeGreaterThan(0);
  const filter = encodeURIComponent("tags.`crisol.trial` LIKE '%'");
  const { runs } = await daemon.get<RunList>(`runs?nested=true&filter=${filter}`);
  expect(runs).toHaveLength(4);
  const { ran } = await run('final', '--param', `final.C=${value}`);
  expect(ran).toEqual([]);
});
