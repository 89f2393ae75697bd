import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeSample } from '../../../samples/index.ts';
import { startRecordingServer } from '../../support/recording-server.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import type { StepOutcome } from './step-process.ts';
import { runStepProcess } from './step-process.ts';

const workspace = new TempWorkspace({ name: AWKWARD_NAME });
const folder = workspace.folder;
let server: Awaited<ReturnType<typeof startRecordingServer>>;
const outcomes: Record<string, StepOutcome> = {};

interface SampleFile {
  params: Record<string, number>;
  steps: Record<string, { uses: string; with: Record<string, unknown> }>;
}

function sample(): SampleFile {
  return parse(workspace.read('crisol.yaml'));
}

/** `with`, its `${{ params.… }}` filled in as the pipeline does it. */
function settingsOf(step: string): Record<string, unknown> {
  const { params, steps } = sample();
  const fill = (value: unknown) =>
    typeof value === 'string' ? (params[/^\$\{\{ params\.(\w+) \}\}$/.exec(value)?.[1] ?? ''] ?? value) : value;
  return Object.fromEntries(Object.entries(steps[step]?.with ?? {}).map(([key, value]) => [key, fill(value)]));
}

function run(step: string): Promise<StepOutcome> {
  const env = {
    MLFLOW_TRACKING_URI: server.uri,
    MLFLOW_TRACKING_TOKEN: 'a token',
    MLFLOW_RUN_ID: 'run-1',
    CRISOL_WORKSPACE: folder,
    CRISOL_STEP: step,
  };
  return runStepProcess(sample().steps[step]?.uses ?? '', settingsOf(step), { folder, env });
}

interface Batch {
  run_id: string;
  metrics?: { key: string; value: number; step: number }[];
  params?: { key: string; value: string }[];
}

const batches = (): Batch[] =>
  server.received.filter(({ path }) => path === '/api/2.0/mlflow/runs/log-batch').map(({ body }) => body as Batch);
const points = (key: string) => batches().flatMap(({ metrics = [] }) => metrics.filter((metric) => metric.key === key));
const metrics = (): Record<string, number> => JSON.parse(workspace.read('build/metrics.json'));

beforeAll(async () => {
  server = await startRecordingServer(({ path }) => ({
    status: 200,
    body: path.endsWith('/versions') ? { version: 1, stage: 'development' } : {},
  }));
  await writeSample(folder);
  for (const step of Object.keys(sample().steps)) outcomes[step] = await run(step);
});
afterAll(async () => {
  await server.close();
  workspace.dispose();
});

test('every step of the sample ends well, with the environment that any script has', () => {
  for (const [step, { code, stderr }] of Object.entries(outcomes)) expect([step, code, stderr]).toEqual([step, 0, '']);
  expect(server.received.every(({ authorization }) => authorization === 'Bearer a token')).toBe(true);
  expect(batches().every(({ run_id }) => run_id === 'run-1')).toBe(true);
});

test('split leaves the later seasons out', () => {
  expect(outcomes.split?.stdout).toContain('3600 rows to train on, 1200 to test with, 1200 left out');
});

test('training logs its params once and its metrics epoch by epoch, in order', () => {
  const params = Object.fromEntries(
    batches().flatMap(({ params = [] }) => params.map(({ key, value }) => [key, value])),
  );
  expect(params).toMatchObject({ 'train.algorithm': 'logistic_regression', 'train.l2': '1', 'train.rows': '3600' });
  const losses = points('loss');
  expect(losses.map(({ step }) => step)).toEqual(losses.map((_, index) => index + 1));
  expect(losses.length).toBeGreaterThanOrEqual(60);
  expect(losses.length).toBeLessThanOrEqual(200);
  expect(points('validation_accuracy')).toHaveLength(losses.length);
  expect(outcomes.train?.stdout).toMatch(/epoch 11 of at most 200: loss 0\.\d+, accuracy 0\.\d+/);
});

test('the model is clearly better than always saying "home"', () => {
  const { accuracy = 0, f1_macro = 0, log_loss = 9, recall_home, f1_draw = 0 } = metrics();
  const alwaysHome = 0.42;
  expect(accuracy).toBeGreaterThan(alwaysHome + 0.15);
  expect(accuracy).toBeLessThan(0.75);
  expect(f1_macro).toBeGreaterThan(0.55);
  expect(log_loss).toBeLessThan(0.9);
  expect(f1_draw).toBeGreaterThan(0.4);
  expect(recall_home).toBeDefined();
});

test('evaluation logs what the metrics file says, and the registry is told the same', () => {
  for (const [key, value] of Object.entries(metrics())) expect(points(key)).toMatchObject([{ value }]);
  const registered = server.received.find(({ path }) => path === '/api/crisol/v1/models/match-outcome/versions');
  expect(registered?.body).toEqual({ folder: workspace.path('build/model'), run_id: 'run-1', metrics: metrics() });
  expect(outcomes.register?.stdout).toBe('match-outcome version 1\n');
});

test('the whole sample run again gives the same bytes', async () => {
  const files = ['train.parquet', 'test.parquet', 'metrics.json', 'model/model.onnx', 'model/reference.json'];
  const read = () => files.map((file) => readFileSync(workspace.path('build', file), 'hex'));
  const first = read();
  for (const step of ['split', 'train', 'evaluate']) expect((await run(step)).code).toBe(0);
  expect(read()).toEqual(first);
});

test.each([
  ['an unknown step', 'explode', {}, 'there is no built-in step "explode"'],
  ['a setting that is not known', 'split', { dta: 'x' }, '`split` does not know "dta"'],
  ['a file that is not there', 'evaluate', { model: 'build/model', data: 'no.csv' }, 'There is no file no.csv.'],
  ['a registry that nobody named', 'register', { name: 'm', model: 'build/model' }, 'MLFLOW_TRACKING_URI'],
])('%s: exit code 1, the reason, and what to do', async (_name, kind, settings, words) => {
  const { code, stderr, stdout } = await runStepProcess(kind, settings, { folder });
  expect([code, stdout]).toEqual([1, '']);
  const [what, hint, ...more] = stderr.trimEnd().split('\n');
  expect(what).toMatch(/^[A-Z_]+: /);
  expect(what).toContain(words);
  expect(hint?.length).toBeGreaterThan(10);
  expect(more).toEqual([]);
});

test('steps work by hand, with no daemon to log to', async () => {
  const settings = { data: 'data/matches.csv', target: 'result', share: 0.5, train: 'a.csv', test: 'b.csv' };
  const { code, stderr } = await runStepProcess('split', settings, { folder });
  expect([code, stderr]).toEqual([0, '']);
  expect(workspace.has('a.csv')).toBe(true);
});
