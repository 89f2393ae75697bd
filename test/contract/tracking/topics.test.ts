import { afterEach, beforeEach, expect, it } from 'vitest';
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
  trackingTopics({ hub, tracking: room.tracking, clock: room.clock });
});
afterEach(() => room.close());

const types = () => messages.map(({ type, topic }) => [topic, type]);

it('tells of a new run: its experiment, its line in the list, and its page', async () => {
  const { run_id } = await room.tracking.runs.start({ experiment_id: '0', tags: [{ key: 'a', value: 'b' }] });
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
