import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedMetric, TrackingChange } from '../../../daemon/tracking/index.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

let room: TrackingRoom;
let runId: string;
const changes: TrackingChange[] = [];

beforeEach(async () => {
  room = openTracking();
  runId = (await room.tracking.runs.start({ experiment_id: '0' })).run_id;
  changes.length = 0;
  room.tracking.changes.on((change) => changes.push(change));
});
afterEach(() => room.close());

const point = (value: number, step = 0, timestamp = 1000, key = 'loss'): LoggedMetric => ({
  key,
  value,
  step,
  timestamp,
});
const extremesOf = (id: string) =>
  room.store.db
    .prepare('SELECT least, least_step, greatest, greatest_step FROM series JOIN runs USING (run_no) WHERE run_id = ?')
    .get(id);
const latest = () => room.tracking.runs.get(runId).metrics;

describe('logging to a run', () => {
  it('keeps each point, and the newest one for lists', async () => {
    await room.tracking.log.metric(runId, point(0.5, 0));
    await room.tracking.log.metric(runId, point(0.25, 1));
    await room.tracking.log.metric(runId, point(0.4, -3));
    expect(latest()).toEqual([{ key: 'loss', value: 0.25, step: 1, timestamp: 1000 }]);
    expect(await room.tracking.series.ofRun(runId, { points: 100 })).toEqual([
      {
        key: 'loss',
        total: 3,
        points: [
          [-3, 1000, 0.4],
          [0, 1000, 0.5],
          [1, 1000, 0.25],
        ],
      },
    ]);
  });

  it('drops exact duplicates, NaN too, and tells nobody of them', async () => {
    for (const value of [1, 1, Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]) {
      await room.tracking.log.metric(runId, point(value));
    }
    const [series] = await room.tracking.series.ofRun(runId, { points: 100 });
    expect(series?.total).toBe(3);
    expect(series?.points.map(([, , value]) => value).sort()).toEqual([1, 'Infinity', 'NaN']);
    expect(changes).toHaveLength(3);
  });

  it('keeps the extremes of a series and the step where each was first reached, whatever comes in whatever order', async () => {
    const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY));
    const points = fc.array(fc.record({ step: fc.integer({ min: -3, max: 3 }), value }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(points, async (logged) => {
        const { run_id } = await room.tracking.runs.start({ experiment_id: '0' });
        await room.tracking.log.batch(run_id, { metrics: logged.map(({ value, step }) => point(value, step)) });
        const numbers = logged.filter((entry) => !Number.isNaN(entry.value));
        const least = Math.min(...numbers.map((entry) => entry.value));
        const greatest = Math.max(...numbers.map((entry) => entry.value));
        const firstAt = (extreme: number) =>
          numbers.length === 0 ? null : Math.min(...numbers.filter((e) => e.value === extreme).map((e) => e.step));
        expect(extremesOf(run_id)).toEqual({
          least: numbers.length === 0 ? null : least,
          least_step: firstAt(least),
          greatest: numbers.length === 0 ? null : greatest,
          greatest_step: firstAt(greatest),
        });
      }),
      { numRuns: 60 },
    );
  });

  it('finds the latest by step, then time, then value, in whatever order points come', async () => {
    const points = fc.array(
      fc.record({
        key: fc.constant('m'),
        step: fc.integer({ min: -2, max: 2 }),
        timestamp: fc.integer({ min: 0, max: 2 }),
        value: fc.constantFrom(Number.NEGATIVE_INFINITY, -1, 0, 1, Number.POSITIVE_INFINITY),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(points, async (list) => {
        const { run_id } = await room.tracking.runs.start({ experiment_id: '0' });
        await Promise.all(list.map((one) => room.tracking.log.metric(run_id, one)));
        const last = [...list]
          .sort((a, b) => a.step - b.step || a.timestamp - b.timestamp || compare(a.value, b.value))
          .at(-1);
        const [{ value, step, timestamp } = { value: 0, step: 0, timestamp: 0 }] =
          room.tracking.runs.get(run_id).metrics;
        expect({ value: Number(value), step, timestamp }).toEqual({
          value: last?.value,
          step: last?.step,
          timestamp: last?.timestamp,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('takes any number as later than NaN of the same moment', async () => {
    await room.tracking.log.metric(runId, point(Number.NaN));
    expect(latest()[0]?.value).toBe('NaN');
    await room.tracking.log.metric(runId, point(-5));
    await room.tracking.log.metric(runId, point(Number.NaN, 0, 1000));
    expect(latest()[0]?.value).toBe(-5);
  });

  it('writes a whole batch or nothing of it, and goes on after a refusal', async () => {
    await room.tracking.log.batch(runId, { params: [{ key: 'depth', value: '3' }] });
    const refused = room.tracking.log.batch(runId, {
      metrics: [point(1, 0, 0, 'fresh')],
      params: [
        { key: 'other', value: 'x' },
        { key: 'depth', value: '4' },
      ],
      tags: [{ key: 't', value: 'x' }],
    });
    // the same commit holds a good write, which builds on nothing of the refused one
    const good = room.tracking.log.metric(runId, point(2, 0, 0, 'fresh'));
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await good;
    const run = room.tracking.runs.get(runId);
    expect(run.params).toEqual([{ key: 'depth', value: '3' }]);
    expect(run.tags).toEqual([]);
    expect(run.metrics).toEqual([{ key: 'fresh', value: 2, step: 0, timestamp: 0 }]);
  });

  it('takes back metrics with the tag that SQLite refused', async () => {
    const broken = { key: 'a', value: undefined as unknown as string };
    const refused = room.tracking.log.batch(runId, { metrics: [point(1)], tags: [{ key: 'b', value: '1' }, broken] });
    await expect(refused).rejects.toThrow();
    await room.tracking.log.metric(runId, point(1));
    expect(latest()).toHaveLength(1);
    expect(room.tracking.runs.get(runId).tags).toEqual([]);
  });

  it('refuses unknown and deleted runs', async () => {
    await expect(room.tracking.log.metric('nobody', point(1))).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
    await room.tracking.log.metric(runId, point(1));
    await room.tracking.runs.delete(runId);
    await expect(room.tracking.log.metric(runId, point(2))).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await room.tracking.runs.restore(runId);
    await room.tracking.log.metric(runId, point(2, 1));
    expect(latest()[0]?.value).toBe(2);
  });

  it('reads and samples a series that is too long to be read in passing', async () => {
    for (let from = 0; from < 12_000; from += 1000) {
      const metrics = Array.from({ length: 1000 }, (_, index) => point(from + index, from + index));
      await room.tracking.log.batch(runId, { metrics });
    }
    const [series] = await room.tracking.series.ofRun(runId, { points: 50 });
    expect(series?.total).toBe(12_000);
    expect(series?.points.length).toBeLessThanOrEqual(50);
    expect(series?.points.at(-1)).toEqual([11_999, 1000, 11_999]);
    const page = await room.tracking.series.history(runId, 'loss', { limit: 3, after: [11_997, 1000, 11_997] });
    expect([...page.values]).toEqual([11_998, 11_999]);
  });
});

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

describe('logging to the run of a step', () => {
  const stepOf = async (parent: string) => {
    const tags = [{ key: 'crisol.alsoLogsTo', value: parent }];
    return (await room.tracking.runs.start({ experiment_id: '0', tags })).run_id;
  };

  it("is logging to its pipeline's run, too, which everybody is told", async () => {
    const step = await stepOf(runId);
    await room.tracking.log.metric(step, point(0.5, 1));
    await room.tracking.log.batch(step, {
      metrics: [point(0.4, 2), point(0.9, 0, 1000, 'f1')],
      params: [{ key: 'l2', value: '1' }],
      tags: [{ key: 'own', value: 'yes' }],
    });
    for (const id of [step, runId]) {
      const { metrics, params } = room.tracking.runs.get(id);
      expect(metrics.map(({ key, value }) => [key, value])).toEqual([
        ['f1', 0.9],
        ['loss', 0.4],
      ]);
      expect(params).toEqual([{ key: 'l2', value: '1' }]);
      const told = changes.flatMap((change) => (change.type === 'points' && change.run_id === id ? change.points : []));
      expect(told.map(({ value }) => value)).toEqual([0.5, 0.4, 0.9]);
    }
    expect(room.tracking.runs.get(runId).tags.map(({ key }) => key)).not.toContain('own');
  });

  it('takes the first of params that several steps log, and goes on when the pipeline’s run was deleted', async () => {
    const [one, other] = [await stepOf(runId), await stepOf(runId)];
    await room.tracking.log.batch(one, { params: [{ key: 'seed', value: '1' }] });
    await room.tracking.log.batch(other, { params: [{ key: 'seed', value: '2' }] });
    expect(room.tracking.runs.get(runId).params).toEqual([{ key: 'seed', value: '1' }]);
    await room.tracking.runs.delete(runId);
    await room.tracking.log.metric(one, point(0.1));
    expect(room.tracking.runs.get(one).metrics).toHaveLength(1);
    expect(latest()).toEqual([]);
  });
});

describe('params that a run is begun with', () => {
  const params = () => Object.fromEntries(room.tracking.runs.get(runId).params.map(({ key, value }) => [key, value]));
  const say = (key: string, value: string) => room.tracking.log.batch(runId, { params: [{ key, value }] });

  it('are there from the beginning, and its script may say them once more in its own words', async () => {
    await room.tracking.log.give(runId, { lr: 0.00001, depth: 3, train: { seed: 7 } });
    expect(params()).toEqual({ lr: '0.00001', depth: '3', 'train.seed': '7' });
    await say('lr', '1e-05');
    await say('depth', '3');
    expect(params()).toMatchObject({ lr: '1e-05', depth: '3' });
    await say('lr', '1e-05');
    await expect(say('lr', '2e-05')).rejects.toThrow('Changing param values is not allowed');
    await expect(say('own', '1').then(() => say('own', '2'))).rejects.toThrow('Changing param values is not allowed');
  });

  it('are not told twice: what a built-in step logs of them stays with the run of the step', async () => {
    await room.tracking.log.give(runId, { l2: 1, epochs: 200 });
    const tags = [
      { key: 'crisol.alsoLogsTo', value: runId },
      { key: 'crisol.step', value: 'train' },
    ];
    const step = (await room.tracking.runs.start({ experiment_id: '0', tags })).run_id;
    const logged = { 'train.l2': '1', 'train.epochs': '7', 'train.target': 'result', 'other.l2': '1' };
    await room.tracking.log.batch(step, { params: Object.entries(logged).map(([key, value]) => ({ key, value })) });
    expect(params()).toEqual({
      l2: '1',
      epochs: '200',
      'train.epochs': '7',
      'train.target': 'result',
      'other.l2': '1',
    });
    expect(room.tracking.runs.get(step).params).toHaveLength(4);
  });

  it('are as any others where somebody wrote over the note of them', async () => {
    await room.tracking.log.give(runId, { lr: 1 });
    await room.tracking.log.batch(runId, { tags: [{ key: 'crisol.givenParams', value: 'mine' }] });
    await expect(say('lr', '2')).rejects.toThrow('Changing param values is not allowed');
  });
});
