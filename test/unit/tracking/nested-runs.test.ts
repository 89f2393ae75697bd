import { afterEach, beforeEach, expect, it } from 'vitest';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

const PARENT = 'mlflow.parentRunId';
const ALL = { choose: () => true, along: () => undefined };

let room: TrackingRoom;
let liga: string;
beforeEach(async () => {
  room = openTracking();
  liga = (await room.tracking.experiments.create({ name: 'liga' })).experiment_id;
});
afterEach(() => room.close());

async function newRun(parent?: string): Promise<string> {
  const tags = parent === undefined ? [] : [{ key: PARENT, value: parent }];
  return (await room.tracking.runs.start({ experiment_id: liga, tags })).run_id;
}

/** What experiments say, checked against a look at each run. */
async function counts(id = liga): Promise<[top: number | undefined, all: number]> {
  const { experiments, runs } = room.tracking;
  const { top_count, run_count } = experiments.get(id);
  const found = await runs.search({ experiment_ids: [id], limit: 1000 });
  const all = [...found.pieces()].flat().map(({ run_id }) => runs.get(run_id));
  const known = new Map(all.map((run) => [run.run_id, run]));
  const top = all.filter(({ run_id, tags }) => {
    const parent = tags.find(({ key }) => key === PARENT)?.value ?? '';
    return parent === run_id || !known.has(parent);
  });
  expect([top_count, run_count]).toEqual([top.length, all.length]);
  const atTop = await runs.search({ experiment_ids: [id], parent: null, limit: 1000 });
  expect(new Set([...atTop.pieces()].flat().map(({ run_id }) => run_id))).toEqual(
    new Set(top.map((run) => run.run_id)),
  );
  return [top_count, run_count];
}

it('an experiment counts those that stand below no other apart, whatever becomes of them', async () => {
  const { runs, log, several } = room.tracking;
  const sweep = await newRun();
  const [one = '', two = ''] = [await newRun(sweep), await newRun(sweep)];
  const fold = await newRun(two);
  expect(await counts()).toEqual([1, 4]);
  await runs.delete(sweep);
  expect(await counts()).toEqual([2, 3]);
  await runs.delete(one);
  await runs.restore(sweep);
  expect(await counts()).toEqual([1, 3]);
  await several.move([two], '0');
  expect(await counts()).toEqual([1, 1]);
  expect(await counts('0')).toEqual([1, 2]);
  await several.move([two], liga);
  expect(await counts()).toEqual([1, 3]);
  await log.deleteTag(fold, PARENT);
  expect(await counts()).toEqual([2, 3]);
  await log.batch(fold, { tags: [{ key: PARENT, value: fold }] });
  expect(await counts()).toEqual([2, 3]);
  await log.batch(fold, { tags: [{ key: PARENT, value: sweep }] });
  expect(await counts()).toEqual([1, 3]);
  await runs.delete(sweep);
  await room.clock.advance(1000);
  await room.tracking.removal.remove(room.clock.now(), ALL);
  expect(await counts()).toEqual([2, 2]);
  await room.tracking.experiments.delete(liga);
  await room.tracking.experiments.restore(liga);
  expect(await counts()).toEqual([2, 2]);
});

it('a run that comes after those that name it takes them in', async () => {
  const { runs } = room.tracking;
  const child = await newRun('00000000000000000000000000000abc');
  expect(await counts()).toEqual([1, 1]);
  room.store.db
    .prepare('INSERT INTO runs (run_id, experiment_id, name, state, user, started_at) VALUES (?, ?, ?, ?, ?, ?)')
    .run('00000000000000000000000000000abc', Number(liga), 'late', 'running', '', 1);
  expect(await counts()).toEqual([1, 2]);
  await runs.delete(child);
  expect(await counts()).toEqual([1, 1]);
});

it('a store from before learns which of its runs are nested', async () => {
  const workspace = new TempWorkspace();
  const open = (upTo: number) =>
    new Store({
      file: workspace.path('store.db'),
      migrations: migrations.slice(0, upTo),
      backups: workspace.path('backups'),
      clock: new VirtualClock(),
    });
  const before = open(20);
  before.db.exec(`
    INSERT INTO experiments (experiment_id, name, created_at, updated_at) VALUES (7, 'seven', 1, 1);
    INSERT INTO runs (run_no, run_id, experiment_id, name, state, user, started_at, deleted_at) VALUES
      (1, 'a', 7, 'n', 'running', 'u', 1, NULL), (2, 'b', 7, 'n', 'running', 'u', 1, NULL),
      (3, 'c', 7, 'n', 'running', 'u', 1, 5), (4, 'd', 7, 'n', 'running', 'u', 1, NULL);
    INSERT INTO tags (run_no, key, value) VALUES
      (2, '${PARENT}', 'a'), (3, '${PARENT}', 'a'), (4, '${PARENT}', 'c');
  `);
  await before.dispose();
  const after = open(21);
  expect(after.db.prepare('SELECT below FROM runs ORDER BY run_no').pluck().all()).toEqual([0, 1, 1, 0]);
  expect(after.db.prepare('SELECT active_runs, nested_runs FROM experiments WHERE experiment_id = 7').get()).toEqual({
    active_runs: 3,
    nested_runs: 1,
  });
  await after.dispose();
  workspace.dispose();
});
