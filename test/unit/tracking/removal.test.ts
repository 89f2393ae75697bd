import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

let room: TrackingRoom;
beforeEach(() => {
  room = openTracking();
});
afterEach(() => room.close());

const ALL = { choose: () => true, along: () => {} };
const now = () => room.clock.now();

/** Every table that there is, and how many rows it has. */
function rows(): Record<string, number> {
  const { db } = room.store;
  const names = db
    .prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  return Object.fromEntries(
    names.map((name) => [name, Number(db.prepare(`SELECT count(*) FROM ${name}`).pluck().get())]),
  );
}

/** A run of a new experiment with all that can be logged to it. */
async function runWithEverything(name: string) {
  const { experiments, runs, log, inputs, loggedModels, folding } = room.tracking;
  const { experiment_id } = await experiments.create({ name, tags: [{ key: 'team', value: 'a' }] });
  const { run_id } = await runs.start({ experiment_id, name, tags: [{ key: 'a', value: '1' }] });
  const metrics = Array.from({ length: 5_000 }, (_, step) => ({ key: 'loss', value: step, step, timestamp: step }));
  await log.batch(run_id, { metrics, params: [{ key: 'depth', value: '3' }] });
  await folding.settled();
  const dataset = { name: 'd', digest: '1', source_type: 'local', source: '{}' };
  await inputs.log(run_id, [{ dataset, context: 'training', tags: [] }], []);
  const pair = { key: 'k', value: 'v' };
  const new_model = { experiment_id, name: 'model', source_run_id: run_id, params: [pair], tags: [pair] };
  const { model_id } = await loggedModels.create(new_model);
  await inputs.logOutputs(run_id, [{ model_id, step: 0 }]);
  await log.batch(run_id, { metrics: [{ key: 'f1', value: 1, step: 0, timestamp: 1, model_id }] });
  return { experiment_id, run_id, model_id };
}

it('leaves nothing of a run, of its models and of its experiment, whose names are free again', async () => {
  const { experiments, runs, removal } = room.tracking;
  await runs.delete((await runWithEverything('other')).run_id);
  const before = rows();
  const { experiment_id, run_id } = await runWithEverything('gone');
  await experiments.delete(experiment_id);
  const removed = await removal.remove(now(), { ...ALL, choose: (one) => one.experiment_id === experiment_id });
  expect(removed.map(({ kind, name }) => [kind, name])).toEqual([
    ['runs', 'gone'],
    ['models', 'model'],
    ['experiments', 'gone'],
  ]);
  expect(rows()).toEqual(before);
  expect([runs.find(run_id), experiments.findByName('gone')]).toEqual([undefined, undefined]);
  expect((await experiments.create({ name: 'gone' })).experiment_id).not.toBe(experiment_id);
});

it('knows every table that belongs to runs, series, models or experiments', async () => {
  await runWithEverything('all');
  const { db } = room.store;
  const owners = {
    run_no: 'runs',
    series_no: 'series',
    logged_model_no: 'logged_models',
    experiment_id: 'experiments',
  };
  const forgotten = Object.entries(rows()).flatMap(([table, count]) => {
    const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
    const keys = db
      .prepare<[string], { table: string; on_delete: string }>('SELECT * FROM pragma_foreign_key_list(?)')
      .all(table);
    const follows = (owner: string) => keys.some((key) => key.table === owner && key.on_delete === 'CASCADE');
    // what has rows here is seen to be empty by the test above
    return Object.entries(owners).filter(
      ([column, owner]) => columns.includes(column) && !follows(owner) && count === 0,
    );
  });
  expect(forgotten).toEqual([]);
});

it('takes only what was deleted long enough ago, and nothing that was restored', async () => {
  const { experiments, runs, loggedModels, removal } = room.tracking;
  const old = await runWithEverything('old');
  const restored = await runWithEverything('restored');
  const recent = await runWithEverything('recent');
  await runs.delete(old.run_id);
  await loggedModels.delete(old.model_id);
  await experiments.delete(restored.experiment_id);
  room.clock.advance(1000);
  await runs.delete(recent.run_id);
  const ids = removal.deleted(now() - 500).map(({ id }) => id);
  expect(ids).toEqual([old.run_id, restored.run_id, old.model_id, restored.model_id, restored.experiment_id]);
  await experiments.restore(restored.experiment_id);
  const removed = await removal.remove(now() - 500, ALL);
  expect(removed.map(({ id }) => id)).toEqual([old.run_id, old.model_id]);
  expect([runs.get(restored.run_id).deleted, runs.get(recent.run_id).deleted]).toEqual([false, true]);
  // its experiment was not deleted
  expect(experiments.get(old.experiment_id).deleted).toBe(false);
});

it('leaves the default experiment, and one of which a run was restored', async () => {
  const { experiments, runs, removal } = room.tracking;
  const { run_id } = await runs.start({ experiment_id: '0' });
  const { run_id: again, experiment_id } = await runWithEverything('again');
  await experiments.delete('0');
  await experiments.delete(experiment_id);
  await runs.restore(again);
  expect((await removal.remove(now(), ALL)).map(({ id }) => id)).toEqual([run_id]);
  await experiments.restore('0');
  expect((await runs.start({ experiment_id: '0' })).experiment_id).toBe('0');
});

it('commits together with what goes along, or not at all', async () => {
  const { runs, removal } = room.tracking;
  const { run_id } = await runWithEverything('kept');
  await runs.delete(run_id);
  const before = rows();
  const along = () => {
    throw new Error('artifacts cannot go');
  };
  await expect(removal.remove(now(), { ...ALL, along })).rejects.toThrow('artifacts cannot go');
  expect(rows()).toEqual(before);
});
