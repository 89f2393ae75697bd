import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExperimentsTree } from './experiments-tree.ts';
import { openExperimentsTree } from './experiments-tree.ts';

let tree: ExperimentsTree;
let liga: string;
let time = 0;
beforeEach(async () => {
  tree = await openExperimentsTree();
  liga = (await tree.tracking.experiments.create({ name: 'liga' })).experiment_id;
});
afterEach(() => tree.close());

async function newRun(name: string, { f1 = 0, lr = '0.1', parent = '', experiment_id = liga } = {}): Promise<string> {
  const tags = parent === '' ? [] : [{ key: 'mlflow.parentRunId', value: parent }];
  const { run_id } = await tree.tracking.runs.start({ experiment_id, name, tags, started_at: ++time });
  const metrics = [{ key: 'f1', value: f1, step: 0, timestamp: 0 }];
  await tree.tracking.log.batch(run_id, { metrics, params: [{ key: 'lr', value: lr }] });
  return run_id;
}

it('trials stand below their search, are read when it is opened, and come live from then on', async () => {
  const sweep = await newRun('sweep');
  await newRun('one', { parent: sweep });
  await tree.connect();
  expect(tree.rows()).toEqual(['(beaker) liga 1 run', '  (sync~spin) sweep f1 0 · 1 nested']);
  await tree.loader.open({ experiment: liga, parent: sweep });
  const two = await newRun('two', { parent: sweep });
  await tree.told();
  expect(tree.rows().slice(1)).toEqual([
    '  (sync~spin) sweep f1 0 · 2 nested',
    '    (sync~spin) two f1 0',
    '    (sync~spin) one f1 0',
  ]);
  await tree.tracking.runs.delete(sweep);
  await tree.settled();
  expect(tree.rows().slice(1)).toEqual(['  (sync~spin) two f1 0', '  (sync~spin) one f1 0']);
  await tree.tracking.runs.restore(sweep);
  await tree.settled();
  expect(tree.rows()[1]).toBe('  (sync~spin) sweep f1 0 · 2 nested');
  expect(tree.rows()).toHaveLength(2);
  await tree.api.moveRuns({ run_ids: [two], experiment_id: '0' });
  await tree.told();
  expect(tree.rows().sort()).toEqual([
    '  (sync~spin) sweep f1 0 · 1 nested',
    '  (sync~spin) two f1 0',
    '(beaker) Default 1 run',
    '(beaker) liga 1 run',
  ]);
});

it('pages grow until all are here, and say how many are not', async () => {
  for (let at = 0; at < 330; at++) await newRun(`run-${at}`);
  await tree.connect();
  await tree.loader.open({ experiment: liga });
  expect(tree.rows()).toHaveLength(102);
  expect(tree.rows().at(-1)).toBe('  … 230 more');
  const first = await tree.loader.more({ experiment: liga });
  expect(tree.model.run(first ?? '')?.name).toBe('run-229');
  expect(tree.rows().at(-1)).toBe('  … 130 more');
  await newRun('newest');
  await tree.told();
  expect(tree.rows()[1]).toContain('newest');
  expect(tree.rows().at(-1)).toBe('  … 130 more');
  await tree.loader.more({ experiment: liga });
  expect(tree.rows()).toHaveLength(332);
  expect(tree.rows().at(-1)).toContain('run-0 ');
});

it('a page that is asked for while the list is read anew comes behind it', async () => {
  for (let at = 0; at < 230; at++) await newRun(`run-${at}`);
  await tree.connect();
  tree.model.changeView(liga, { order: ['run_name ASC'] });
  const place = { experiment: liga };
  await Promise.all([tree.loader.open(place), tree.loader.open(place)]);
  expect(tree.asked).toHaveLength(1);
  await newRun('run-a');
  await tree.told();
  await Promise.all([tree.settled(), tree.loader.more(place)]);
  expect(tree.rows()).toHaveLength(202);
  expect(new Set(tree.rows()).size).toBe(202);
  expect(tree.rows().at(-1)).toBe('  … 31 more');
});

it('a filter finds nested runs too, and stays right while they change', async () => {
  const sweep = await newRun('sweep');
  const weak = await newRun('weak', { parent: sweep, f1: 0.5 });
  await newRun('strong', { parent: sweep, f1: 0.9 });
  await tree.connect();
  tree.model.changeView(liga, { filter: 'metrics.f1 > 0.7', order: ['metrics.f1 DESC'] });
  await tree.loader.open({ experiment: liga });
  expect(tree.rows()).toEqual([
    '(beaker) liga 1 run · f1 ↓',
    '  (filter) metrics.f1 > 0.7 1 run',
    '  (sync~spin) strong f1 0.900',
  ]);
  await tree.tracking.log.metric(weak, { key: 'f1', value: 0.95, step: 1, timestamp: 1 });
  await tree.settled();
  expect(tree.rows().slice(1)).toEqual([
    '  (filter) metrics.f1 > 0.7 2 runs',
    '  (sync~spin) weak f1 0.950',
    '  (sync~spin) strong f1 0.900',
  ]);
  tree.model.changeView(liga, { filter: 'metrics.f1 > 7' });
  await tree.loader.open({ experiment: liga });
  expect(tree.rows().at(-1)).toBe('  No run is like that');
});

it('groups have the numbers in order, and their runs when they are opened', async () => {
  await newRun('a', { lr: '10' });
  await newRun('b', { lr: '9' });
  await tree.tracking.runs.start({ experiment_id: liga, name: 'none' });
  await tree.connect();
  tree.model.changeView(liga, { group: 'params.lr' });
  await tree.loader.open({ experiment: liga });
  await tree.loader.open({ experiment: liga, group: '9' });
  await tree.loader.open({ experiment: liga, group: null });
  expect(tree.rows()).toEqual([
    '(beaker) liga 3 runs · by params.lr',
    '  (list-tree) 9 1 run',
    '    (sync~spin) b f1 0',
    '  (list-tree) 10 1 run',
    '  (list-tree) without params.lr 1 run',
    '    (sync~spin) none',
  ]);
  await newRun('c', { lr: '9' });
  await tree.settled();
  expect(tree.rows().slice(1, 4)).toEqual([
    '  (list-tree) 9 2 runs',
    '    (sync~spin) c f1 0',
    '    (sync~spin) b f1 0',
  ]);
});

it('a run that logs all the time does not have its list read all the time', async () => {
  const run = await newRun('busy');
  await tree.connect();
  tree.model.changeView(liga, { order: ['metrics.f1 DESC'] });
  await tree.loader.open({ experiment: liga });
  const before = tree.asked.length;
  for (let at = 0; at < 50; at++) {
    await tree.tracking.log.metric(run, { key: 'f1', value: at, step: at, timestamp: at });
    await tree.told();
  }
  expect(tree.asked.length).toBe(before);
  expect(tree.rows()[1]).toContain('f1 49');
  await tree.settled();
  expect(tree.asked.length).toBe(before + 1);
});

it('what cannot be done is said: empty names, deleted experiments, runs that are gone', async () => {
  const run = await newRun('run');
  const gone = (await tree.tracking.experiments.create({ name: 'gone' })).experiment_id;
  await tree.tracking.experiments.delete(gone);
  const { api } = tree;
  await expect(api.renameRun(run, { name: '  ' })).rejects.toThrow('An empty name is no name for a run.');
  await expect(api.renameExperiment(liga, { name: '' })).rejects.toThrow('An empty name is no name for an experiment.');
  await expect(api.renameExperiment(liga, { name: 'gone' })).rejects.toThrow(/already exists in deleted state/);
  await expect(api.createExperiment({ name: 'liga' })).rejects.toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS' });
  await expect(api.moveRuns({ run_ids: [run], experiment_id: gone })).rejects.toThrow(/Current state is deleted/);
  await expect(api.deleteRuns({ run_ids: ['nobody'] })).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  await expect(api.runGroups({ experiment_id: liga, by: 'metrics.f1' })).rejects.toThrow(/a param or a tag/);
  await api.renameRun(run, { name: 'better' });
  await api.tagRuns({ run_ids: [run], key: 'stage', value: 'ok' });
  expect(await api.searchKeys(liga)).toEqual({ metrics: ['f1'], params: ['lr'], tags: ['stage'] });
  expect(await api.searchValues(liga, { kind: 'tag', key: 'stage' })).toEqual({ values: ['ok'] });
  expect(await api.run(run)).toMatchObject({ name: 'better', tags: [{ key: 'stage', value: 'ok' }] });
});

it('an experiment has tags, which its row tells of; MLflow keeps its note among them', async () => {
  await newRun('run');
  await tree.connect();
  await tree.api.tagExperiment(liga, { key: 'stage', value: 'proof of concept' });
  await tree.api.tagExperiment(liga, { key: 'owner', value: 'ana' });
  await tree.api.tagExperiment(liga, { key: 'mlflow.note.content', value: 'Only home games.' });
  await tree.told();
  expect(tree.tooltip('liga')).toContain('| Note | Only home games. |');
  expect(tree.tooltip('liga')).toContain('| Tags | owner: ana · stage: proof of concept |');
  await tree.api.tagExperiment(liga, { key: 'stage' });
  await tree.told();
  expect(tree.tooltip('liga')).toContain('| Tags | owner: ana |');
  await expect(tree.api.tagExperiment(liga, { key: 'stage' })).rejects.toThrow(/No tag with name: stage/);
  await expect(tree.api.tagExperiment(liga, { key: '', value: 'a' })).rejects.toThrow();
});

it('a list that cannot be read says why, and is read when one tries again', async () => {
  const run = await newRun('run');
  await tree.connect();
  tree.model.changeView(liga, { filter: `run_id = '${run}'` });
  const { runs } = tree.api;
  tree.api.runs = () => Promise.reject(new Error('the daemon is away'));
  await tree.loader.open({ experiment: liga });
  expect(tree.rows().at(-1)).toBe('  (error) The runs could not be read the daemon is away');
  tree.api.runs = runs;
  await tree.loader.retry({ experiment: liga });
  expect(tree.rows().at(-1)).toContain('run');
});
