import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PlannedStep } from '../../../../schemas/language/model.ts';
import type { CacheRoom } from './room.ts';
import { openCache, train } from './room.ts';

const DAY = 24 * 60 * 60_000;
let room: CacheRoom;
beforeAll(() => {
  room = openCache();
});
beforeEach(() => room.begin());
afterAll(() => room.close());

/** One result a day, each with outs of its own. */
async function runDaily(step: PlannedStep, days: number) {
  for (let day = 0; day < days; day++) {
    await room.run(step, () => room.write(step, `${step.name} ${day}`), { l2: day });
    await room.clock.advance(DAY);
  }
}
const collect = (changes: Partial<Parameters<CacheRoom['cache']['collect']>[0]> = {}) =>
  room.cache.collect({ keep: { results: 2, days: 3 }, steps: [train], ...changes }, async (needed) => needed.length);
const states = async (days: number) => {
  const all: string[] = [];
  for (let day = 0; day < days; day++) all.push((await room.state(train, { l2: day })).state);
  return all;
};

it('C10: results that are neither young nor among the newest of their step are forgotten, with what only they need', async () => {
  await runDaily(train, 6);
  expect(await collect({ dryRun: true })).toEqual({ results: 3, swept: 6 });
  expect(await collect()).toEqual({ results: 3, swept: 6 });
  expect(await states(6)).toEqual(['changed', 'changed', 'changed', 'restorable', 'restorable', 'up to date']);
  await room.clock.advance(30 * DAY);
  expect(await collect()).toMatchObject({ results: 1 });
  expect(await collect()).toMatchObject({ results: 0 });
});

it('C10: one that is used again stays', async () => {
  await runDaily(train, 6);
  await room.restore(train, { l2: 0 });
  await collect();
  expect((await states(6)).slice(0, 2)).toEqual(['up to date', 'changed']);
  await room.clock.advance(30 * DAY);
  // what a step was given last stays, however old
  await collect();
  expect((await states(6)).at(0)).toBe('up to date');
});

it('C10: of a step that there is no longer nothing stays but what is young', async () => {
  await runDaily(train, 2);
  expect(await collect({ steps: [] })).toMatchObject({ results: 0 });
  await room.clock.advance(30 * DAY);
  // while nobody can say which there are, none is gone
  expect(await collect({ steps: null })).toMatchObject({ results: 0 });
  expect(await collect({ steps: [] })).toEqual({ results: 2, swept: 0 });
  expect(room.cache.last('train')).toBeUndefined();
});
