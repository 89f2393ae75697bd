import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Engine } from '../../../daemon/serving/host/engine.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { waitFor } from '../../support/wait-for.ts';
import { tinyProbability, writeTinyModel } from './support/tiny-model.ts';

let workspace: TempWorkspace;
let clock: VirtualClock;
let engine: Engine;
let givenUp: string[];
let folder: string;

beforeEach(async () => {
  workspace = new TempWorkspace();
  clock = new VirtualClock();
  givenUp = [];
  engine = new Engine(clock, (reason) => givenUp.push(reason));
  folder = await writeTinyModel(workspace.path('model'), 1);
  await engine.load({ model: 'tiny', version: 1, folder });
});

afterEach(async () => {
  await engine.close();
  workspace.dispose();
});

const feeds = (...numbers: number[]) => ({ rows: numbers.length, numbers: Float32Array.from(numbers), texts: [] });

test('when the thread dies, those who wait are told so, and the model is loaded again', async () => {
  const { thread } = engine.current;
  // more than it can answer before its end
  const much = feeds(...new Array<number>(1000).fill(1));
  const waiting = Promise.allSettled(Array.from({ length: 500 }, () => thread.run(much)));
  await thread.kill();
  expect((await waiting).map(({ status }) => status)).toContain('rejected');
  expect(() => engine.current).toThrow(expect.objectContaining({ code: 'TEMPORARILY_UNAVAILABLE' }));
  await waitFor(() => engine.ready);
  const { probabilities } = await engine.current.thread.run(feeds(1));
  expect(probabilities[1]).toBeCloseTo(tinyProbability(1, 1), 5);
});

test('a model that keeps dying is given up', async () => {
  for (let death = 1; death <= 6; death++) {
    await waitFor(() => engine.ready);
    await engine.current.thread.kill();
  }
  await waitFor(() => givenUp.length > 0);
  expect(givenUp).toEqual(['The model stopped 6 times within a minute.']);
});

test('deaths that are long ago do not count', async () => {
  for (let death = 1; death <= 7; death++) {
    await waitFor(() => engine.ready);
    await engine.current.thread.kill();
    await clock.advance(15_000);
  }
  await waitFor(() => engine.ready);
  expect(givenUp).toEqual([]);
});

test('a model whose files are gone cannot come back', async () => {
  await rm(folder, { recursive: true });
  await engine.current.thread.kill();
  await waitFor(() => givenUp.length > 0);
  expect(givenUp[0]).toContain("can't be loaded again");
});

test('a thread that is replaced answers what it was asked, then ends', async () => {
  const before = engine.current.thread;
  const answers = Array.from({ length: 50 }, (_, i) => before.run(feeds(i)));
  await engine.load({ model: 'tiny', version: 2, folder: await writeTinyModel(workspace.path('second'), 2) });
  const settled = await Promise.all(answers);
  for (const [i, { probabilities }] of settled.entries()) {
    expect(probabilities[1]).toBeCloseTo(tinyProbability(1, i), 5);
  }
  await before.ended;
  expect(before.alive).toBe(false);
  expect(engine.current.location.version).toBe(2);
});

test('more than 1,024 requests at once are turned away', async () => {
  const settled = await Promise.allSettled(Array.from({ length: 1100 }, (_, i) => engine.current.thread.run(feeds(i))));
  const refused = settled.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(1100 - 1024);
});
