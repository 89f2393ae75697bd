import { expect, test } from 'vitest';
import type { RoomMessage } from '../../../../extension/daemon/link.ts';
import type { TrackingModel } from '../../../../extension/views/tracking-model.ts';
import { trackingNodes } from '../../../../extension/views/tracking-nodes.ts';
import type { RunSummary } from '../../../../schemas/wire/tracking.ts';
import { drawn, experiment, latest, memory, NOW, run, trackingModel } from './some.ts';

const snapshot = (runs: RunSummary[], run_count = runs.length): RoomMessage => ({
  type: 'tracking/snapshot',
  topic: 'tracking',
  experiments: [experiment({ run_count })],
  runs,
});
const told = (over: Partial<RunSummary>): RoomMessage => ({ type: 'tracking/run', topic: 'tracking', run: run(over) });
const removed = (run_id: string): RoomMessage => ({ type: 'tracking/run-removed', topic: 'tracking', run_id });
const top = { experiment: '1' };

/** With a list that was read from the daemon. */
function read(ids: string[], next_page_token?: string, count?: number): TrackingModel {
  const model = trackingModel();
  model.apply(snapshot([], 9));
  const runs = ids.map((run_id, at) => run({ run_id, name: run_id, started_at: NOW - at, ended_at: NOW }));
  model.learn(runs, model.moment);
  model.list(top).replace({ runs, next_page_token, count });
  return model;
}
const rows = (model: TrackingModel) => drawn(trackingNodes(model, NOW)).slice(1);

test('of a small experiment the snapshot holds all runs: nothing is asked for', () => {
  const model = trackingModel();
  model.apply(snapshot([run({ run_id: 'old', started_at: NOW - 9 }), run({ run_id: 'new', started_at: NOW })]));
  expect(model.list(top)).toMatchObject({ state: 'ready', ids: ['new', 'old'], next: undefined });
});

test('of a large one the list is asked for when somebody looks', () => {
  const model = trackingModel();
  model.apply(snapshot([run()], 100_000));
  expect(model.list(top).state).toBe('empty');
});

test('a new run comes into its place, one that is older than all that were read does not', () => {
  const model = read(['a', 'b'], 'next', 9);
  model.apply(told({ run_id: 'new', started_at: NOW + 1 }));
  model.apply(told({ run_id: 'ancient', started_at: 0 }));
  expect(model.list(top)).toMatchObject({ ids: ['new', 'a', 'b'], count: 10, missing: 7 });
  model.apply(told({ run_id: 'new', started_at: NOW + 1, state: 'failed' }));
  expect(model.list(top).ids).toEqual(['new', 'a', 'b']);
  expect(rows(model)[0]).toContain('(error)');
});

test('a page never overwrites what arrived since it was asked for', () => {
  const model = read(['a']);
  const asked = model.moment;
  model.apply(told({ run_id: 'a', state: 'succeeded' }));
  model.learn([run({ run_id: 'a', state: 'running' })], asked);
  expect(model.run('a')?.state).toBe('succeeded');
  model.learn([run({ run_id: 'a', state: 'failed' })], model.moment);
  expect(model.run('a')?.state).toBe('failed');
});

test('events put and remove runs; applying one twice changes nothing', () => {
  const model = read(['a', 'b'], undefined, 2);
  for (let times = 0; times < 2; times++) {
    model.apply(removed('a'));
    model.apply(told({ run_id: 'c', started_at: NOW - 5 }));
  }
  expect(model.list(top)).toMatchObject({ ids: ['b', 'c'], count: 2 });
  model.apply({ type: 'tracking/experiment-removed', topic: 'tracking', experiment_id: '1' });
  expect(trackingNodes(model, NOW)).toEqual([]);
});

test('a run that moves leaves its list; one that gets a parent goes below it', () => {
  const model = read(['a', 'b', 'c']);
  model.apply(told({ run_id: 'a', experiment_id: '2' }));
  model.apply(told({ run_id: 'b', parent_run_id: 'c' }));
  model.apply(told({ run_id: 'c', name: 'c', children: 1, started_at: NOW - 2, ended_at: NOW }));
  expect(rows(model)).toEqual(['  (pass) c 2 ms · 1 nested']);
});

test('when a parent goes or comes back, what stood below it is read anew', () => {
  const model = read(['a', 'b']);
  model.apply(told({ run_id: 'a', children: 3 }));
  model.list(top).stale = false;
  model.apply(removed('a'));
  expect(model.list(top).stale).toBe(true);
  model.list(top).stale = false;
  model.apply(told({ run_id: 'a', children: 3 }));
  expect(model.list(top).stale).toBe(true);
});

test('what is filtered, sorted or grouped is read anew when a run changes, and its numbers change at once', () => {
  const model = trackingModel();
  model.apply(snapshot([], 9));
  model.changeView('1', { filter: 'metrics.f1 > 0', pin: 'f1' });
  const found = run({ run_id: 'a', name: 'a', metrics: [latest('f1', 0.5), latest('accuracy', 1)] });
  model.learn([found], model.moment);
  model.list(top).replace({ runs: [found], count: 1 });
  model.apply(told({ run_id: 'a', name: 'a', metrics: [latest('f1', 0.75)] }));
  expect(model.list(top).stale).toBe(true);
  expect(rows(model)).toEqual(['  (filter) metrics.f1 > 0 1 of 9', '  (pass) a f1 0.750 · 0:41']);
});

test('an experiment goes to the top when a run comes, and stays where it is while it is worked in', () => {
  const model = trackingModel();
  const tell = (experiment_id: string, updated_at: number, run_count = 1) =>
    model.apply({
      type: 'tracking/experiment',
      topic: 'tracking',
      experiment: experiment({ experiment_id, updated_at, run_count }),
    });
  const order = () => model.experiments().map(({ experiment_id }) => experiment_id);
  const both = [experiment({ experiment_id: '2', updated_at: NOW + 1 }), experiment({ updated_at: NOW })];
  model.apply({ type: 'tracking/snapshot', topic: 'tracking', experiments: both, runs: [] });
  expect(order()).toEqual(['2', '1']);
  // a tag, a new name; a run that is deleted
  tell('1', NOW + 2);
  tell('2', NOW - 1, 0);
  expect(order()).toEqual(['2', '1']);
  expect(model.experiment('1')?.updated_at).toBe(NOW + 2);
  tell('1', NOW + 3, 2);
  expect(order()).toEqual(['1', '2']);
});

test('how an experiment is shown is kept over reloads, but not what cannot be read', () => {
  const keep = memory();
  const model = trackingModel(keep);
  model.changeView('1', { filter: 'metrics.f1 > 0', order: ['metrics.f1 DESC'], group: 'params.lr', pin: 'f1' });
  model.changeView('1', { group: undefined });
  expect(trackingModel(keep).views.of('1')).toEqual({
    filter: 'metrics.f1 > 0',
    order: ['metrics.f1 DESC'],
    pin: 'f1',
  });
  void keep.update('crisol.experimentViews', { 1: { filter: 'nonsense >', order: 'f1', pin: 3 } });
  expect(trackingModel(keep).views.of('1')).toEqual({});
});

test('two lists that name the same run for a moment draw it once', () => {
  const model = read(['a', 'b']);
  model.apply(told({ run_id: 'a', children: 1 }));
  const below = model.list({ experiment: '1', parent: 'a' });
  below.replace({ runs: [run({ run_id: 'b' })] });
  expect(rows(model).filter((row) => row.includes(' b '))).toHaveLength(1);
});
