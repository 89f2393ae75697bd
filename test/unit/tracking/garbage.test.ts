import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Artifacts } from '../../../daemon/artifacts/index.ts';
import { createArtifacts } from '../../../daemon/artifacts/index.ts';
import { Garbage } from '../../../daemon/garbage.ts';
import type { VersionOrigin } from '../../../daemon/registry/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { pieces } from '../artifacts/room.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

let room: TrackingRoom;
let files: TempWorkspace;
let artifacts: Artifacts;
let garbage: Garbage;
let versions: VersionOrigin[];
let logs: { files: number; bytes: number };
let ofSteps: { results: number; files: number; bytes: number };
beforeEach(() => {
  room = openTracking();
  files = new TempWorkspace();
  const { store, clock, tracking } = room;
  artifacts = createArtifacts({ store, clock, folder: files.path('artifacts') });
  versions = [];
  logs = { files: 0, bytes: 0 };
  ofSteps = { results: 0, files: 0, bytes: 0 };
  const registry = { origins: () => versions };
  const results = { collect: async () => ofSteps, limitLogs: async () => logs };
  garbage = new Garbage({ tracking, artifacts, registry, results, clock });
});
afterEach(async () => {
  await room.close();
  files.dispose();
});

const put = (path: string, text: string) => artifacts.put(path, pieces(text));
const found = (path: string) => artifacts.stat(path) !== undefined;
const newRun = async (experiment_id: string, name: string) =>
  (await room.tracking.runs.start({ experiment_id, name })).run_id;

it('a dry run says what would go, to the byte, and a real one then does that', async () => {
  const { experiments, runs } = room.tracking;
  const { experiment_id } = await experiments.create({ name: 'gone' });
  const [gone, kept, other] = [
    await newRun('0', 'gone'),
    await newRun('0', 'kept'),
    await newRun(experiment_id, 'with its experiment'),
  ];
  await put(`0/${gone}/artifacts/shared`, 'shared');
  await put(`0/${gone}/artifacts/own`, 'own of it');
  await put(`0/${kept}/artifacts/shared`, 'shared');
  await put(`${experiment_id}/${other}/artifacts/model`, 'other');
  await put(`${experiment_id}/traces/t`, 'trace');
  await runs.delete(gone);
  await experiments.delete(experiment_id);
  const expected = {
    runs: 2,
    models: 0,
    experiments: 1,
    results: 2,
    logs: 3,
    items: [
      { kind: 'runs', id: gone, name: 'gone', files: 2, bytes: 15 },
      { kind: 'runs', id: other, name: 'with its experiment', files: 1, bytes: 5 },
      { kind: 'experiments', id: experiment_id, name: 'gone', files: 2, bytes: 10 },
    ],
    kept: [],
    freed: { files: 7, bytes: 94 },
  };
  ofSteps = { results: 2, files: 1, bytes: 5 };
  logs = { files: 3, bytes: 70 };
  expect(await garbage.collect({ dry_run: true })).toEqual({ dry_run: true, ...expected });
  expect(found(`0/${gone}/artifacts/own`)).toBe(true);
  expect(await garbage.collect({})).toEqual({ dry_run: false, ...expected });
  expect([found(`0/${gone}`), found(experiment_id), found(`0/${kept}/artifacts/shared`)]).toEqual([false, false, true]);
  ofSteps = { results: 0, files: 0, bytes: 0 };
  logs = { files: 0, bytes: 0 };
  const nothing = {
    runs: 0,
    models: 0,
    experiments: 0,
    results: 0,
    logs: 0,
    items: [],
    kept: [],
    freed: { files: 0, bytes: 0 },
  };
  expect(await garbage.collect({})).toEqual({ dry_run: false, ...nothing });
});

it('waits as long as it was told', async () => {
  await room.tracking.runs.delete(await newRun('0', 'recent'));
  room.clock.advance(1000);
  expect(await garbage.collect({ older_than_ms: 1001 })).toMatchObject({ runs: 0 });
  expect(await garbage.collect({ older_than_ms: 1000 })).toMatchObject({ runs: 1 });
});

it('keeps what versions of registered models are loaded from', async () => {
  const { experiments, runs, loggedModels } = room.tracking;
  const { experiment_id } = await experiments.create({ name: 'whole' });
  const inside = await newRun(experiment_id, 'beside it');
  const { model_id } = await loggedModels.create({ experiment_id, name: 'logged', source_run_id: inside });
  const [byPath, byName, ours] = [await newRun('0', 'path'), await newRun('0', 'name'), await newRun('0', 'ours')];
  versions = [
    { location: `mlflow-artifacts:/0/${byPath}/artifacts/model`, run_id: null, model_id: null },
    { location: `runs:/${byName}/model`, run_id: byName, model_id: null },
    { location: `mlflow-artifacts:/${experiment_id}/models/${model_id}/artifacts`, run_id: null, model_id },
    // our own copy needs nobody
    { location: null, run_id: ours, model_id: null },
  ];
  for (const run of [byPath, byName, ours]) await runs.delete(run);
  await experiments.delete(experiment_id);
  const report = await garbage.collect({});
  expect(report.items.map(({ name }) => name)).toEqual(['ours']);
  expect(report.kept.map(({ name }) => name)).toEqual(['beside it', 'path', 'name', 'logged', 'whole']);
  versions = [];
  ofSteps = { results: 0, files: 0, bytes: 0 };
  expect(await garbage.collect({})).toMatchObject({ runs: 3, models: 1, experiments: 1, kept: [] });
});

it('reaches into no other folder, wherever an experiment says that it keeps artifacts', async () => {
  const { experiments, runs } = room.tracking;
  await put('precious/file', 'x');
  const ids: string[] = [];
  for (const artifact_location of [
    'mlflow-artifacts:/',
    'mlflow-artifacts:/precious',
    'mlflow-artifacts:/a/../precious',
    'mlflow-artifacts:/%2e%2e',
    's3://bucket',
    'file:///tmp',
    '/tmp',
  ]) {
    const { experiment_id } = await experiments.create({ name: artifact_location, artifact_location });
    const run = await newRun(experiment_id, 'r');
    ids.push(run);
    await experiments.delete(experiment_id);
    if (artifact_location === 'mlflow-artifacts:/precious') await put(`precious/${run}/artifacts/a`, 'a');
  }
  const report = await garbage.collect({});
  expect(report).toMatchObject({ runs: 7, experiments: 7, freed: { files: 1, bytes: 1 } });
  expect(artifacts.list('precious').map(({ name }) => name)).toEqual(['file']);
  expect(ids.filter((id) => runs.find(id))).toEqual([]);
});

it('takes no folder of others for that of a run whose id, from elsewhere, means it', async () => {
  const { adoption } = room.tracking;
  await put('0/other/artifacts/a', 'a');
  await put('0/models/m/artifacts/a', 'a');
  const nothing = { params: [], tags: [], datasets: [], input_models: [], output_models: [] };
  const facts = { experiment_id: '0', name: 'r', user: '', state: 'failed', started_at: 0, ended_at: 0 } as const;
  for (const run_id of ['.', '%2e', 'models', 'x/../..']) {
    await adoption.run({ run_id, ...facts, ...nothing });
    await adoption.settle(run_id, room.clock.now());
  }
  expect(await garbage.collect({})).toMatchObject({ runs: 4, freed: { files: 0 } });
  expect([found('0/other/artifacts/a'), found('0/models/m/artifacts/a')]).toEqual([true, true]);
});

it('answers one after the other', async () => {
  for (let n = 0; n < 60; n++) await room.tracking.runs.delete(await newRun('0', String(n)));
  const reports = await Promise.all([garbage.collect({}), garbage.collect({ dry_run: true }), garbage.collect({})]);
  expect(reports.map(({ runs }) => runs)).toEqual([60, 0, 0]);
});
