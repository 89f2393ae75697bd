import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CrisolError } from '../../../daemon/base/errors.ts';
import type { Target } from '../../../daemon/import/carrying/index.ts';
import { onlyTrying } from '../../../daemon/import/carrying/index.ts';
import { copyStore, MLFLOW_STORES, writeDatabase } from '../../support/mlflow-stores.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import type { MlflowServer } from '../mlflow/mlflow-server.ts';
import { startMlflowServer } from '../mlflow/mlflow-server.ts';
import { importFrom, targetOf } from './importing.ts';

let workspace: TempWorkspace;
let server: MlflowServer;

beforeEach(async () => {
  workspace = new TempWorkspace();
  server = await startMlflowServer();
});
afterEach(async () => {
  await server.stop();
  workspace.dispose();
});

/** All that the tables of the store hold, but for the times at which it was written. */
function everything(): Record<string, unknown[]> {
  const names = ['runs', 'params', 'tags', 'series', 'points', 'datasets', 'dataset_inputs', 'model_links'];
  const more = ['logged_models', 'logged_model_metrics', 'models', 'model_versions', 'model_aliases', 'stage_changes'];
  const rows = (name: string) => server.store.db.prepare(`SELECT * FROM ${name}`).all();
  return Object.fromEntries([...names, ...more].map((name) => [name, rows(name)]));
}

const NOTHING = { new_experiments: 0, runs: 0, points: 0, artifacts: 0, logged_models: 0, models: 0, versions: 0 };

test.for(MLFLOW_STORES)('%s brought twice is there once', async (store) => {
  const path = copyStore(workspace, store);
  await importFrom(server, path);
  const before = everything();
  const { tally, problems } = await importFrom(server, path);
  expect(tally).toMatchObject({ ...NOTHING, known_runs: 5, failed_runs: 0 });
  expect(problems).toEqual([]);
  expect(everything()).toEqual(before);
});

/** Goes wrong at the n-th request, as when the daemon dies. */
function dyingAt(deadline: number) {
  let requests = 0;
  return (target: Target): Target =>
    new Proxy(target, {
      get:
        (object, name: keyof Target) =>
        (ways: never, ...more: never[]) => {
          if (++requests > deadline) throw new CrisolError('DAEMON_UNREACHABLE', 'gone');
          return (object[name] as (...args: never[]) => unknown)(ways, ...more);
        },
    });
}

test.for(MLFLOW_STORES)('%s comes whole, wherever the import before broke off', async (store) => {
  const path = copyStore(workspace, store);
  for (let deadline = 1; deadline < 40; deadline += 5) {
    await importFrom(server, path, { through: dyingAt(deadline) }).catch((failure) => {
      expect(failure).toMatchObject({ code: 'DAEMON_UNREACHABLE' });
    });
  }
  const { problems } = await importFrom(server, path);
  expect(problems).toEqual([]);
  const runs = server.tracking.experiments.list('all').map(({ name, run_count }) => [name, run_count]);
  expect(Object.fromEntries(runs)).toEqual({ football: 2, Default: 1, 'thrown away': 0 });
  const points = server.store.db.prepare('SELECT count(*) FROM points').pluck().get();
  expect(points).toBe(store === 'mlflow-2' ? 10 : 11);
  expect(server.registry.model('match-outcome').versions.map(({ version }) => version)).toEqual([3, 1]);
});

test('whoever gives up keeps what came, and goes on with it later', async () => {
  const path = copyStore(workspace, 'mlflow-3');
  const giving = new AbortController();
  const afterOne = (target: Target): Target => ({
    ...target,
    completeRun: async (runId, deleted) => {
      await target.completeRun(runId, deleted);
      giving.abort();
    },
  });
  const { tally } = await importFrom(server, path, { through: afterOne, signal: giving.signal });
  expect(tally.runs).toBeGreaterThan(0);
  expect(tally.runs).toBeLessThan(5);
  const { tally: rest } = await importFrom(server, path);
  expect(rest.runs + rest.known_runs).toBe(5);
});

test('a run that still ran is brought up to date', async () => {
  const path = copyStore(workspace, 'mlflow-2');
  await importFrom(server, path);
  const [run] = server.tracking.runs.newest(1);
  expect(run?.name).toBe('still running');
  const folder = join(path, '0', run?.run_id ?? '');
  writeFileSync(join(folder, 'metrics', 'loss'), '1700000003001 3.0 0\n1700000003002 2.0 1\n');
  mkdirSync(join(folder, 'artifacts'), { recursive: true });
  writeFileSync(join(folder, 'artifacts', 'late.txt'), 'late');
  const { tally } = await importFrom(server, path);
  expect(tally).toMatchObject({ ...NOTHING, runs: 1, points: 1, artifacts: 1, known_runs: 4 });
});

test('a trial changes nothing, and counts what would come', async () => {
  const path = copyStore(workspace, 'mlflow-3');
  const before = everything();
  const there = { experiments: new Set(['Default']), models: [] };
  const through = (daemon: Target) => onlyTrying(daemon, there);
  const { tally: tried } = await importFrom(server, path, { through });
  expect(everything()).toEqual(before);
  const { tally } = await importFrom(server, path);
  // one of them was written twice, which only the store knows
  expect(tried).toEqual({ ...tally, points: tally.points + 1 });
  const again = {
    experiments: new Set(['Default', 'football', 'thrown away']),
    models: [...server.registry.pieces()].flat(),
  };
  const { tally: none } = await importFrom(server, path, { through: (daemon) => onlyTrying(daemon, again) });
  // the run that still runs is looked at each time
  expect(none).toMatchObject({ ...NOTHING, runs: 1, points: 1, known_runs: 4 });
});

test('what is here already stays: runs, experiments, models and their versions', async () => {
  const path = copyStore(workspace, 'mlflow-2');
  const here = await server.tracking.experiments.create({ name: 'football', tags: [{ key: 'team', value: 'ours' }] });
  await server.registry.catalog.create('match-outcome', 'ours');
  const mine = { run_id: null, source: 's3://bucket/model', location: 's3://bucket/model' };
  await server.registry.versions.add('match-outcome', mine);
  const { tally, problems } = await importFrom(server, path);
  expect(tally).toMatchObject({ new_experiments: 1, runs: 5, versions: 2 });
  expect(server.tracking.experiments.get(here.experiment_id)).toMatchObject({
    run_count: 2,
    tags: [
      { key: 'mlflow.note.content', value: 'Goals ⚽' },
      { key: 'team', value: 'ours' },
    ],
  });
  expect(problems).toEqual([
    { path: 'model match-outcome', reason: 'Its version 1 is version 2 here: that number was taken.' },
  ]);
  const { versions, description } = server.registry.model('match-outcome');
  expect(description).toBe('ours');
  expect(versions.map(({ version, source }) => [version, source?.slice(0, 5)])).toEqual([
    [3, 'runs:'],
    [2, 'runs:'],
    [1, 's3://'],
  ]);
});

test('runs of an experiment that was deleted here are left out, and it is said why', async () => {
  const path = copyStore(workspace, 'mlflow-2');
  const { experiment_id } = await server.tracking.experiments.create({ name: 'football' });
  await server.tracking.experiments.delete(experiment_id);
  const { tally, problems } = await importFrom(server, path);
  expect(problems).toEqual([{ path: 'experiment football', reason: 'The experiment "football" is deleted here.' }]);
  expect(tally).toMatchObject({ experiments: 2, runs: 2 });
});

test('what was deleted here since does not come back', async () => {
  const path = copyStore(workspace, 'mlflow-2');
  await importFrom(server, path);
  const [run] = server.tracking.runs.newest(1);
  await server.tracking.runs.delete(run?.run_id ?? '');
  await importFrom(server, path);
  expect(server.tracking.runs.newest(10).map(({ name }) => name)).not.toContain('still running');
});

test('broken files are told with their place, and take nothing else along', async () => {
  const path = copyStore(workspace, 'mlflow-2');
  const experiment = readdirSync(path).find((name) => name.length > 10) ?? '';
  const runs = readdirSync(join(path, experiment)).filter((name) => /^[0-9a-f]{32}$/.test(name));
  const whole = runs.find((name) => existsSync(join(path, experiment, name, 'params', 'text'))) ?? '';
  const child = runs.find((name) => existsSync(join(path, experiment, name, 'tags', 'a.b'))) ?? '';
  writeFileSync(join(path, experiment, whole, 'metrics', 'loss'), '1700000000000 1.0 0\n17000 oops 1\n17000000');
  writeFileSync(join(path, experiment, whole, 'params', 'lr'), Buffer.from([0x30, 0xff, 0xfe]));
  rmSync(join(path, experiment, child, 'meta.yaml'));
  mkdirSync(join(path, experiment, whole, 'artifacts', 'no'));
  writeFileSync(join(path, experiment, whole, 'artifacts', 'no', 'hash#.txt'), 'x');
  writeFileSync(join(path, '0', 'meta.yaml'), 'name: [\n');
  const { tally, problems } = await importFrom(server, path);
  expect(problems.map(({ path: place }) => place.replaceAll(/[0-9a-f]{18,}/g, 'ID')).toSorted()).toEqual([
    '0/meta.yaml',
    'ID/ID',
    'ID/ID/artifacts/no/hash#.txt',
    'ID/ID/metrics/loss:2',
    'ID/ID/metrics/loss:3',
    'ID/ID/params/lr',
  ]);
  expect(tally).toMatchObject({ experiments: 2, runs: 3, failed_runs: 1 });
  const run = server.tracking.runs.get(whole);
  expect(run.params.map(({ key }) => key)).toEqual(['empty', 'model/depth', 'text']);
  expect(run.metrics.find(({ key }) => key === 'loss')).toMatchObject({ value: 1, step: 0 });
});

test('a store reads nothing outside of it: links that lead out are not followed', async () => {
  const path = copyStore(workspace, 'mlflow-2');
  const secret = workspace.path('secret.txt');
  writeFileSync(secret, 'token');
  const experiment = readdirSync(path).find((name) => name.length > 10) ?? '';
  const run = readdirSync(join(path, experiment)).find((name) => {
    return existsSync(join(path, experiment, name, 'artifacts', 'report.md'));
  });
  const folder = join(path, experiment, run ?? '');
  symlinkSync(secret, join(folder, 'artifacts', 'out.txt'));
  symlinkSync(workspace.folder, join(folder, 'artifacts', 'out'));
  symlinkSync(secret, join(folder, 'params', 'out'));
  symlinkSync(join(folder, 'artifacts', 'report.md'), join(folder, 'artifacts', 'same.md'));
  const { problems } = await importFrom(server, path);
  expect(problems.map(({ path: place }) => place.split('/').slice(2).join('/')).toSorted()).toEqual([
    'artifacts/out',
    'artifacts/out.txt',
    'params/out',
  ]);
  const { experiment_id } = server.tracking.runs.get(run ?? '');
  const names = server.artifacts.list(`${experiment_id}/${run}/artifacts`).map(({ name }) => name);
  expect(names).toEqual(['deep', 'model', 'report.md', 'same.md']);
});

test('artifacts of a database are looked for where the user says, and nowhere else', async () => {
  const folder = workspace.path('elsewhere');
  const path = copyStore(workspace, 'mlflow-3-sqlite');
  renameSync(join(path, '..', 'mlruns'), folder);
  expect((await importFrom(server, path)).tally.artifacts).toBe(0);
  await server.stop();
  server = await startMlflowServer();
  expect((await importFrom(server, path, { artifacts: folder })).tally.artifacts).toBe(4);
});

test('files that a server kept itself are found in its folder mlartifacts', async () => {
  const folder = workspace.path('server');
  copyStore(workspace, 'mlflow-3-sqlite', 'server');
  renameSync(join(folder, 'mlruns'), join(folder, 'mlartifacts'));
  rmSync(join(folder, 'mlflow.db'));
  const changes = `UPDATE runs SET artifact_uri = replace(artifact_uri, '/old/football/mlruns', 'mlflow-artifacts:');
    UPDATE logged_models SET artifact_location = replace(artifact_location, '/old/football/mlruns', 'mlflow-artifacts:');`;
  const { tally, problems } = await importFrom(server, writeDatabase(folder, changes));
  expect(problems).toEqual([]);
  expect(tally.artifacts).toBe(4);
});

test('what lies in a bucket stays there, and is found there', async () => {
  const folder = workspace.path('bucket');
  mkdirSync(folder);
  const changes = `UPDATE experiments SET artifact_location = 's3://bucket/1' WHERE experiment_id = 1;
    UPDATE runs SET artifact_uri = 's3://bucket/1/' || run_uuid || '/artifacts' WHERE experiment_id = 1;`;
  const { problems } = await importFrom(server, writeDatabase(folder, changes));
  expect(problems).toEqual([]);
  const football = server.tracking.experiments.findByName('football');
  expect(football?.artifact_location).toBe('s3://bucket/1');
});

test('of a run that was begun here nobody adds points from elsewhere', async () => {
  const run = await server.tracking.runs.start({ experiment_id: '0', name: 'ours' });
  const adding = targetOf(server).points(run.run_id, [{ key: 'loss', points: [[0, 1, 1]] }]);
  await expect(adding).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
});
