import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../daemon/base/clock.ts';
import { Hub } from '../../../daemon/ws/hub.ts';
import { trackingTopics } from '../../../daemon/ws/topics/tracking.ts';
import type { MetricSeries } from '../../../schemas/wire/tracking.ts';
import type { TrackingRoom } from '../../unit/tracking/room.ts';
import { openTracking } from '../../unit/tracking/room.ts';

let room: TrackingRoom;
let hub: Hub;
const messages: Record<string, unknown>[] = [];

beforeEach(() => {
  room = openTracking();
  hub = new Hub('epoch');
  messages.length = 0;
  hub.published.on(({ text }) => messages.push(JSON.parse(text)));
  hub.follow('tracking');
  trackingTopics({ hub, tracking: room.tracking, clock: room.clock });
});
afterEach(() => room.close());

const types = () => messages.map(({ type, topic }) => [topic, type]);

it('tells of a new run: its experiment, its line in the list, and its page', async () => {
  const { run_id } = await room.tracking.runs.start({ experiment_id: '0', tags: [{ key: 'a', value: 'b' }] });
  hub.follow(`run:${run_id}`);
  expect(messages).toEqual([]);
  await room.clock.advance(40);
  expect(types()).toEqual([
    ['tracking', 'tracking/experiment'],
    ['tracking', 'tracking/run'],
    [`run:${run_id}`, 'run/detail'],
  ]);
  expect(messages[0]).toMatchObject({ experiment: { experiment_id: '0', run_count: 1 } });
});

it('makes one message a run and topic out of a burst, and rests when nothing changes', async () => {
  const { run_id } = await room.tracking.runs.start({ experiment_id: '0' });
  hub.follow(`run:${run_id}`);
  await room.clock.advance(40);
  messages.length = 0;
  for (let step = 0; step < 100; step++) {
    await room.tracking.log.metric(run_id, { key: step % 2 ? 'a' : 'b', value: step, step, timestamp: step });
  }
  await room.clock.advance(40);
  expect(types()).toEqual([
    ['tracking', 'tracking/run'],
    [`run:${run_id}`, 'run/points'],
  ]);
  expect(messages[0]).toMatchObject({
    run: {
      metrics: [
        { key: 'a', value: 99 },
        { key: 'b', value: 98 },
      ],
    },
  });
  const { series } = messages[1] as { series: { key: string; points: number[][] }[] };
  expect(series.map(({ key, points }) => [key, points.length])).toEqual([
    ['b', 50],
    ['a', 50],
  ]);
  expect(series[0]?.points[1]).toEqual([2, 2, 2]);
  expect(room.clock.waiting).toBe(0);
});

it('tells of logged models: that they are there, how they are, that they are gone', async () => {
  const { loggedModels } = room.tracking;
  const { model_id } = await loggedModels.create({ experiment_id: '0', name: 'forest' });
  await loggedModels.finalize(model_id, 'ready');
  await room.clock.advance(40);
  expect(types()).toEqual([['tracking', 'tracking/model']]);
  expect(messages[0]).toMatchObject({ model: { model_id, name: 'forest', status: 'ready' } });
  await loggedModels.delete(model_id);
  await room.clock.advance(40);
  expect(messages[1]).toMatchObject({ type: 'tracking/model-removed', model_id });
});

it('tells of removed runs and experiments', async () => {
  const { experiment_id } = await room.tracking.experiments.create({ name: 'x' });
  const { run_id } = await room.tracking.runs.start({ experiment_id });
  await room.clock.advance(40);
  messages.length = 0;
  await room.tracking.runs.delete(run_id);
  await room.clock.advance(40);
  await room.tracking.experiments.delete(experiment_id);
  await room.clock.advance(40);
  expect(messages.map(({ type }) => type)).toEqual([
    'tracking/experiment',
    'tracking/run-removed',
    'tracking/experiment-removed',
  ]);
});

describe('thousands of runs that change at once', () => {
  const newRuns = async (count: number) => {
    const ids: string[] = [];
    for (let at = 0; at < count; at++) ids.push((await room.tracking.runs.start({ experiment_id: '0' })).run_id);
    await room.clock.advance(40);
    messages.length = 0;
    return ids;
  };
  const told = (type: string) => messages.filter((message) => message.type === type);

  it('are told a hundred a turn, each once', async () => {
    const turns: number[] = [];
    const clock: Clock = {
      now: () => room.clock.now(),
      after: (ms, action) =>
        room.clock.after(ms, () => {
          turns.push(0);
          action();
        }),
    };
    const other = new Hub('other');
    other.follow('tracking');
    other.published.on(() => turns.push((turns.pop() ?? 0) + 1));
    trackingTopics({ hub: other, tracking: room.tracking, clock });
    const ids = await newRuns(350);
    turns.length = 0;

    await room.tracking.several.delete(ids, { nested: false });
    await room.clock.advance(40);
    // and their experiment
    expect(turns).toEqual([101, 100, 100, 50]);
    expect(new Set(told('tracking/run-removed').map((message) => message.run_id))).toEqual(new Set(ids));
    expect(told('tracking/run-removed')).toHaveLength(350);
    expect(room.clock.waiting).toBe(0);
  });

  it('are told as they are when their turn comes', async () => {
    const ids = await newRuns(3);
    const [first = ''] = ids;
    await room.tracking.several.delete(ids, { nested: false });
    await room.tracking.runs.restore(first);
    await room.clock.advance(40);
    expect(told('tracking/run')).toMatchObject([{ run: { run_id: first } }]);
    expect(told('tracking/run-removed')).toHaveLength(2);
  });

  it('hold up nobody else: points of another run are told with the first of them', async () => {
    const ids = await newRuns(350);
    const live = ids.pop() ?? '';
    hub.follow(`run:${live}`);
    await room.tracking.several.setTag(ids, { key: 'a', value: 'b' });
    await room.tracking.log.metric(live, { key: 'loss', value: 1, step: 0, timestamp: 0 });
    await room.clock.advance(40);
    const points = messages.findIndex(({ type }) => type === 'run/points');
    expect(points).toBeGreaterThan(0);
    expect(points).toBeLessThanOrEqual(102);
  });

  it('tell of a search that they stand below once, with what it has then', async () => {
    const { run_id: search } = await room.tracking.runs.start({ experiment_id: '0' });
    const tags = [{ key: 'mlflow.parentRunId', value: search }];
    const trials: string[] = [];
    for (let at = 0; at < 250; at++) trials.push((await room.tracking.runs.start({ experiment_id: '0', tags })).run_id);
    await room.clock.advance(40);
    messages.length = 0;
    await room.tracking.several.delete(trials.slice(0, 249), { nested: false });
    await room.clock.advance(40);
    expect(told('tracking/run').at(-1)).toMatchObject({ run: { run_id: search, children: 1 } });
    expect(told('tracking/run').length).toBeLessThanOrEqual(3);
  });
});

it('works for nobody when nobody listens', async () => {
  hub.unfollow('tracking');
  const quiet = new Hub('quiet');
  trackingTopics({ hub: quiet, tracking: room.tracking, clock: room.clock });
  await room.tracking.runs.start({ experiment_id: '0' });
  await room.clock.advance(40);
  expect(quiet.newestSeq).toBe(0);
  expect(room.clock.waiting).toBe(0);
});

it('gives the complete state to who comes later', async () => {
  const { run_id } = await room.tracking.runs.start({ experiment_id: '0', name: 'r' });
  await room.tracking.log.batch(run_id, {
    metrics: Array.from({ length: 1000 }, (_, step) => ({ key: 'm', value: Math.sin(step), step, timestamp: step })),
    params: [{ key: 'p', value: '1' }],
  });
  expect(JSON.parse(await hub.snapshot('tracking'))).toMatchObject({
    type: 'tracking/snapshot',
    experiments: [{ name: 'Default' }],
    runs: [{ run_id, name: 'r' }],
  });
  const snapshot = JSON.parse(await hub.snapshot(`run:${run_id}`));
  expect(snapshot).toMatchObject({
    run: { params: [{ key: 'p' }], experiment_name: 'Default' },
    series: [{ key: 'm', total: 1000 }],
  });
  expect(JSON.parse(await hub.snapshot('run:nobody'))).toMatchObject({ run: null, series: [] });
});

it('keeps the state of a run with very many metrics within a few megabytes', async () => {
  const { run_id } = await room.tracking.runs.start({ experiment_id: '0' });
  const metrics = Array.from({ length: 800 }, (_, at) => `m${at}`).flatMap((key) =>
    Array.from({ length: 300 }, (_, step) => ({ key, value: step % 7, step, timestamp: step })),
  );
  for (let from = 0; from < metrics.length; from += 1000)
    await room.tracking.log.batch(run_id, { metrics: metrics.slice(from, from + 1000) });
  const { series } = JSON.parse(await hub.snapshot(`run:${run_id}`)) as { series: MetricSeries[] };
  expect(series).toHaveLength(800);
  expect(series.every(({ total, points }) => total === 300 && points.length >= 20)).toBe(true);
  expect(series.reduce((sum, { points }) => sum + points.length, 0)).toBeLessThanOrEqual(100_000);
});
