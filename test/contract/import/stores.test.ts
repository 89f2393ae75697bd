import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../../daemon/tracking/index.ts';
import type { ImportTally } from '../../../schemas/wire/import.ts';
import type { MlflowStore } from '../../support/mlflow-stores.ts';
import { copyStore, MLFLOW_STORES } from '../../support/mlflow-stores.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import type { MlflowServer } from '../mlflow/mlflow-server.ts';
import { startMlflowServer } from '../mlflow/mlflow-server.ts';
import { importFrom } from './importing.ts';

describe.for(MLFLOW_STORES)('what is in %s', (store: MlflowStore) => {
  const workspace = new TempWorkspace();
  const hasLoggedModels = store !== 'mlflow-2';
  let server: MlflowServer;
  let tally: ImportTally;

  beforeAll(async () => {
    server = await startMlflowServer();
    const imported = await importFrom(server, copyStore(workspace, store));
    expect(imported.problems).toEqual([]);
    tally = imported.tally;
  });
  afterAll(async () => {
    await server.stop();
    workspace.dispose();
  });

  const named = (name: string): RunRecord => {
    const ids = server.store.db.prepare<[string], string>('SELECT run_id FROM runs WHERE name = ?').pluck().all(name);
    expect(ids).toHaveLength(1);
    return server.tracking.runs.get(String(ids[0]));
  };

  test('is counted', () => {
    expect(tally).toMatchObject({ new_experiments: 2, runs_total: 5, runs: 5, known_runs: 0, failed_runs: 0 });
    expect(tally).toMatchObject({ points: hasLoggedModels ? 11 : 10, artifacts: hasLoggedModels ? 4 : 3 });
    expect(tally).toMatchObject({ logged_models: hasLoggedModels ? 1 : 0, models: 2, versions: 2 });
  });

  test('comes with its experiments, the deleted one as a deleted one', () => {
    const found = server.tracking.experiments.list('all').map(({ name, deleted, tags }) => ({ name, deleted, tags }));
    expect(found).toContainEqual({
      name: 'football',
      deleted: false,
      tags: [
        { key: 'mlflow.note.content', value: 'Goals ⚽' },
        { key: 'team', value: 'analytics' },
      ],
    });
    expect(found).toContainEqual({ name: 'thrown away', deleted: true, tags: [] });
  });

  test('keeps times, states, user, params and tags of a run', () => {
    const run = named('grid search');
    expect(run).toMatchObject({ state: 'succeeded', user: 'ana', experiment_name: 'football', deleted: false });
    expect(run).toMatchObject({ started_at: 1700000000000, ended_at: 1700000060000 });
    expect(run.params).toEqual([
      { key: 'empty', value: '' },
      { key: 'lr', value: '0.1' },
      { key: 'model/depth', value: '3' },
      { key: 'text', value: 'two\nlines and ünïcode' },
    ]);
    expect(run.tags).toEqual([
      { key: 'mlflow.user', value: 'ana' },
      { key: 'purpose', value: 'ñandú\nsecond line' },
    ]);
  });

  test('keeps every point, once, with NaN, infinities and steps below zero', async () => {
    const { run_id } = named('grid search');
    const series = await server.tracking.series.ofRun(run_id, { points: 100 });
    const points = Object.fromEntries(series.map(({ key, points: ofKey }) => [key, ofKey]));
    expect(points.loss).toEqual([1, 1 / 2, 1 / 3, 1 / 4, 1 / 5].map((value, at) => [at, 1700000000000 + at, value]));
    expect(points['train/acc']).toEqual([
      [-2, 1700000000002, '-Infinity'],
      [0, 1700000000000, 'NaN'],
      [1, 1700000000001, 'Infinity'],
    ]);
  });

  test('keeps parents, failures, what still runs, and what was deleted as deleted', () => {
    const parent = named('grid search').run_id;
    expect(named('child')).toMatchObject({ state: 'failed', deleted: false });
    expect(named('child').tags).toContainEqual({ key: 'mlflow.parentRunId', value: parent });
    expect(named('gone')).toMatchObject({ state: 'cancelled', deleted: true });
    expect(named('still running')).toMatchObject({ state: 'running', ended_at: null, experiment_name: 'Default' });
    expect(named('in a deleted experiment')).toMatchObject({ state: 'succeeded', deleted: true });
  });

  test('keeps datasets with what they were for', () => {
    const { datasets } = server.tracking.inputs.ofRun(named('grid search').run_id);
    const dataset = { name: 'matches', digest: 'abc123', source_type: 'local', source: '{"uri": "matches.csv"}' };
    const more = { schema: '{"columns": []}', profile: '{"rows": 10}' };
    const tags = [{ key: 'mlflow.data.context', value: 'training' }];
    expect(datasets).toEqual([{ dataset: { ...dataset, ...more }, context: 'training', tags }]);
  });

  test('comes with its files, wherever the store was when they were written', async () => {
    const { run_id, experiment_id } = named('grid search');
    const root = `${experiment_id}/${run_id}/artifacts`;
    expect(server.artifacts.list(root).map(({ name }) => name)).toEqual(['deep', 'model', 'report.md']);
    expect(server.artifacts.stat(`${root}/deep/er/report.md`)).toMatchObject({ bytes: 7 });
    expect(server.artifacts.stat(`${root}/model/MLmodel`)).toMatchObject({ bytes: 12 });
  });

  test('comes with registered models: numbers, stages, aliases, tags, and where their files are now', () => {
    const { run_id, experiment_id } = named('grid search');
    const model = server.registry.model('match-outcome');
    expect(model).toMatchObject({ description: 'who wins', tags: [{ key: 'owner', value: 'data' }] });
    expect(model.aliases).toEqual([{ alias: 'champion', version: 3 }]);
    const [third, first] = model.versions;
    expect(third).toMatchObject({ version: 3, stage: 'staging', run_id });
    expect(first).toMatchObject({ version: 1, stage: 'production', run_id, description: 'first' });
    expect(first?.tags).toEqual([{ key: 't', value: '1' }]);
    expect(first).toMatchObject({ source: `runs:/${run_id}/model` });
    expect(first?.location).toBe(`mlflow-artifacts:/${experiment_id}/${run_id}/artifacts/model`);
    expect(first?.metrics.loss).toBe(0.2);
    expect(server.registry.model('empty-model').versions).toEqual([]);
  });

  test('is told by the daemon without one failure inside', () => {
    expect(server.failures).toEqual([]);
  });

  if (!hasLoggedModels) {
    test('brings no logged model where MLflow knew none yet', () => {
      expect(server.tracking.inputs.ofRun(named('grid search').run_id).output_models).toEqual([]);
    });
    return;
  }

  test('comes with logged models and who made and used them', () => {
    const { run_id, experiment_id } = named('grid search');
    const [output] = server.tracking.inputs.ofRun(run_id).output_models;
    const model = server.tracking.loggedModels.get(output?.model_id ?? '');
    expect(output?.step).toBe(4);
    expect(server.tracking.inputs.ofRun(named('child').run_id).input_models).toEqual([model.model_id]);
    expect(model).toMatchObject({ name: 'clf', model_type: 'sklearn', status: 'ready', source_run_id: run_id });
    expect(model).toMatchObject({ params: [{ key: 'p', value: '1' }], tags: [{ key: 'k', value: 'v' }] });
    const measured = { key: 'f1', value: 0.9, step: 4, timestamp: 1700000000009, run_id };
    expect(model.metrics).toMatchObject([{ ...measured, dataset: { name: 'matches', digest: 'abc123' } }]);
    expect(server.artifacts.list(model.artifact_path).map(({ name }) => name)).toEqual(['MLmodel']);
    const third = server.registry.versions.get('match-outcome', 3);
    expect(third).toMatchObject({ model_id: model.model_id, source: `models:/${model.model_id}` });
    expect(third.location).toBe(`mlflow-artifacts:/${experiment_id}/models/${model.model_id}/artifacts`);
  });
});
