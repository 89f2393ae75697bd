import { afterEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../schemas/language/json.ts';
import type { MetricPoint, Script } from './fake-engine.ts';
import { Room } from './room.ts';

let room: Room;
afterEach(() => room.dispose());

const begin = (script: Script) => {
  room = new Room(script);
  return room;
};

const TUNE: JsonObject = {
  step: 'train',
  goal: 'minimize loss',
  space: { lr: { log: [0.001, 1] }, depth: { int: [1, 20] } },
  seed: 7,
};

const lossOf = ({ lr = 0.01, depth }: JsonObject) => (Math.log10(Number(lr)) + 2) ** 2 + (Number(depth) - 5) ** 2 / 50;

/** Ten epochs that come nearer to what the params are worth. */
function* learning(params: JsonObject): Iterable<MetricPoint> {
  for (let step = 1; step <= 10; step++) yield { metric: 'loss', step, value: lossOf(params) + 3 / step };
}

const paramsOf = (trials: readonly { params: unknown }[]) => trials.map(({ params }) => params);

describe('a sweep', () => {
  test('tries params until all trials are done, and tells the best', async () => {
    const { sweep, trials } = await begin(learning).search({ ...TUNE, trials: 40, parallel: 3 });
    expect(sweep).toMatchObject({
      state: 'succeeded',
      reason: 'All trials are done.',
      counts: { running: 0, complete: 40, pruned: 0, failed: 0, cancelled: 0 },
    });
    expect(room.engine.mostAtOnce).toBe(3);
    expect(trials.map(({ number }) => number)).toEqual([...trials.keys()]);
    expect(sweep.best?.value).toBe(Math.min(...trials.map(({ value }) => Number(value))));
    expect(Number(sweep.best?.value)).toBeLessThan(0.6);
    expect(trials[0]).toMatchObject({ state: 'complete', run_id: 'run-0' });
    expect(room.errors).toEqual([]);
  });

  test('draws the same params with the same seed', async () => {
    const first = await begin(learning).search({ ...TUNE, trials: 15 });
    const again = await room.search({ ...TUNE, trials: 15 });
    expect(paramsOf(again.trials)).toEqual(paramsOf(first.trials));
    const other = await room.search({ ...TUNE, trials: 15, seed: 8 });
    expect(paramsOf(other.trials)).not.toEqual(paramsOf(first.trials));
  });

  test('of a grid tries each combination once, and ends then', async () => {
    const space = { kind: { choice: ['a', { of: 'b' }, 'a'] }, depth: { int: [1, 5], step: 2 } };
    const { sweep, trials } = await begin(learning).search({ ...TUNE, sampler: 'grid', space });
    expect(sweep).toMatchObject({ state: 'succeeded', reason: 'Every combination has been tried.' });
    expect(paramsOf(trials)).toEqual([
      { kind: 'a', depth: 1 },
      { kind: 'a', depth: 3 },
      { kind: 'a', depth: 5 },
      { kind: { of: 'b' }, depth: 1 },
      { kind: { of: 'b' }, depth: 3 },
      { kind: { of: 'b' }, depth: 5 },
    ]);
  });

  test('ends trials without hope as their metrics come in, without their help', async () => {
    const { sweep } = await begin(learning).search({
      ...TUNE,
      trials: 30,
      parallel: 4,
      pruner: 'asha',
      pruning: { first: 1, reduction: 3 },
    });
    expect(sweep.counts.pruned).toBeGreaterThan(10);
    expect(sweep.counts.pruned + sweep.counts.complete).toBe(30);
    expect(room.engine.lengths.filter((length) => length < 10)).toHaveLength(sweep.counts.pruned);
  });

  test('takes what a trial logged last, infinite or not, and no NaN', async () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, 5, Number.NEGATIVE_INFINITY];
    const script = ({ n }: JsonObject) => [{ metric: 'loss', step: 0, value: values[Number(n)] ?? 0 }];
    const { sweep, trials } = await begin(script).search({ ...TUNE, sampler: 'grid', space: { n: { int: [0, 3] } } });
    expect(trials.map(({ state }) => state)).toEqual(['failed', 'complete', 'complete', 'complete']);
    expect(trials[0]?.reason).toBe('It logged no number as loss.');
    expect(sweep.best).toMatchObject({ number: 3, value: '-Infinity' });
  });

  test('goes on when a trial fails, and says why it did', async () => {
    const script: Script = function* ({ depth }) {
      yield { metric: 'loss', step: 0, value: Number(depth) };
      if (Number(depth) % 2 === 0) throw new Error('exit 1');
    };
    const { sweep, trials } = await begin(script).search({
      ...TUNE,
      sampler: 'grid',
      space: { depth: { int: [1, 6] } },
    });
    expect(sweep).toMatchObject({ state: 'succeeded', counts: { complete: 3, failed: 3 } });
    expect(trials[1]).toMatchObject({ state: 'failed', reason: 'exit 1', value: null });
  });

  test('gives up when the first trials all fail: it is not the params', async () => {
    const script: Script = () => {
      throw new Error('no module named sklearn');
    };
    const { sweep, trials } = await begin(script).search({ ...TUNE, trials: 100, parallel: 2 });
    expect(sweep).toMatchObject({ state: 'failed' });
    expect(sweep.reason).toContain('no module named sklearn');
    expect(trials.length).toBeLessThan(6);
  });

  test('that names no number of trials ends after a hundred, where there is no end of values', async () => {
    const { sweep } = await begin(learning).search({ ...TUNE, sampler: 'random' });
    expect(sweep).toMatchObject({ state: 'succeeded', trials: 100, counts: { complete: 100 } });
  });

  test('of one trial is complete with it', async () => {
    const { sweep } = await begin(learning).search({ ...TUNE, trials: 1, pruner: 'median' });
    expect(sweep).toMatchObject({ state: 'succeeded', counts: { complete: 1 } });
  });

  test('is cancelled with all its trials, and goes on later where it was', async () => {
    begin(learning);
    const { sweep_id } = await room.sweeps.start('tune', { ...TUNE, trials: 12, parallel: 2 });
    await room.until(() => room.sweeps.get(sweep_id).sweep.counts.complete >= 3);
    room.sweeps.cancel(sweep_id);
    const { sweep } = await room.done(sweep_id);
    expect(sweep).toMatchObject({ state: 'cancelled', reason: 'It was cancelled.', counts: { running: 0 } });
    const numbers = () => new Set(room.engine.tasks.map(({ number }) => number));
    const before = numbers().size;
    await room.sweeps.resume(sweep_id);
    const after = await room.done(sweep_id);
    expect(after.sweep).toMatchObject({ state: 'succeeded' });
    expect(after.trials).toHaveLength(12);
    expect(after.sweep.counts).toEqual({ running: 0, complete: 12, pruned: 0, failed: 0, cancelled: 0 });
    expect(numbers().size).toBe(12);
    expect(before).toBeLessThan(12);
  });
});

describe('a daemon that ends in the middle of a sweep', () => {
  test('is followed by one that goes on, with the same params as if nothing had happened', async () => {
    const written = { ...TUNE, trials: 25, pruner: 'asha', pruning: { first: 2, reduction: 2 } };
    const undisturbed = await begin(learning).search(written);
    await room.dispose();
    begin(learning);
    const { sweep_id } = await room.sweeps.start('tune', written);
    for (const trials of [2, 9, 14]) {
      await room.until(() => room.sweeps.get(sweep_id).trials.length >= trials);
      await room.restart();
    }
    const { sweep, trials } = await room.done(sweep_id);
    expect(sweep.counts).toEqual(undisturbed.sweep.counts);
    expect(trials.map(({ params, state, value }) => ({ params, state, value }))).toEqual(
      undisturbed.trials.map(({ params, state, value }) => ({ params, state, value })),
    );
    expect(room.engine.tasks.map(({ number }) => number)).toEqual([...trials.keys()]);
  });

  test('is followed by none that runs what another one wrote', async () => {
    begin(learning);
    const { sweep_id } = await room.sweeps.start('tune', { ...TUNE, trials: 500 });
    await room.until(() => room.engine.tasks.length >= 2);
    await room.restart(() => 'of somebody else');
    const started = room.engine.tasks.length;
    await expect.poll(() => room.sweeps.get(sweep_id).sweep.state).toBe('cancelled');
    expect(room.sweeps.get(sweep_id).sweep.reason).toContain('start it again here');
    expect(room.engine.tasks).toHaveLength(started);
  });
});

describe('a sweep that cannot be carried out is refused', () => {
  const WRONG: [string, JsonObject, string][] = [
    ['a grid without steps', { ...TUNE, sampler: 'grid' }, 'give `lr` a `step`'],
    ['no logarithm', { ...TUNE, trials: 3, space: { lr: { log: [0, 1] } } }, 'there is no logarithm of 0'],
    ['backwards', { ...TUNE, trials: 3, space: { lr: { int: [5, 1] } } }, 'the first number is over the second'],
    ['two ranges', { ...TUNE, trials: 3, space: { lr: { int: [1, 5], choice: [1] } } }, 'needs one range'],
    ['nothing to choose', { ...TUNE, trials: 3, space: { lr: { choice: [] } } }, 'nothing to choose from'],
    ['no params', { ...TUNE, trials: 3, space: {} }, 'no params'],
    ['no whole numbers', { ...TUNE, trials: 3, space: { lr: { int: [0.5, 5] } } }, 'whole numbers'],
    ['no goal', { ...TUNE, trials: 3, goal: 'loss' }, 'is no goal'],
    ['a word that is none', { ...TUNE, trials: 3, sampler: 'bayes' }, 'has mistakes'],
  ];
  test.for(WRONG)('%s', async ([, written, message]) => {
    begin(learning);
    await expect(room.sweeps.start('tune', written)).rejects.toMatchObject({
      code: 'SWEEP_INVALID',
      message: expect.stringContaining(message),
    });
    expect(room.sweeps.list()).toEqual([]);
  });
});
