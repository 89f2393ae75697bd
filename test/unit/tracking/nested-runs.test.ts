import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Liga } from './room.ts';
import { openLiga, PARENT } from './room.ts';

const ALL = { choose: () => true, along: () => undefined };

let room: Liga;
beforeEach(async () => {
  room = await openLiga();
});
afterEach(() => room.close());

const newRun = (parent?: string) => room.newRun('run', parent, room.liga);

/** What experiments say, checked against a look at each run. */
async function counts(id = room.liga): Promise<[top: number | undefined, all: number]> {
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
  const atTop = await runs.search({ experiment_ids: [id], parents: null, limit: 1000 });
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
  await several.move([two], room.liga);
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
  await room.tracking.experiments.delete(room.liga);
  await room.tracking.experiments.restore(room.liga);
  expect(await counts()).toEqual([2, 2]);
});

it('a run that comes after those that name it takes them in', async () => {
  const { runs } = room.tracking;
  const child = await newRun('00000000000000000000000000000abc');
  expect(await counts()).toEqual([1, 1]);
  room.store.db
    .prepare('INSERT INTO runs (run_id, experiment_id, name, state, user, started_at) VALUES (?, ?, ?, ?, ?, ?)')
    .run('00000000000000000000000000000abc', Number(room.liga), 'late', 'running', '', 1);
  expect(await counts()).toEqual([1, 2]);
  await runs.delete(child);
  expect(await counts()).toEqual([1, 1]);
});
