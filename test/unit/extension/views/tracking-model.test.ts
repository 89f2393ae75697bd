import { expect, test } from 'vitest';
import type { RoomMessage } from '../../../../extension/daemon/link.ts';
import { TrackingModel } from '../../../../extension/views/tracking-model.ts';
import type { RunSummary } from '../../../../schemas/wire/tracking.ts';
import { experiment, NOW, run } from './some.ts';

const snapshot = (runs: RunSummary[], run_count = 4): RoomMessage => ({
  type: 'tracking/snapshot',
  topic: 'tracking',
  experiments: [experiment({ run_count })],
  runs,
});

test('pages of older runs stay when a snapshot comes again', () => {
  const store = new TrackingModel();
  const newest = run({ run_id: 'new', started_at: NOW });
  store.apply(snapshot([newest]));
  expect(store.missing('1')).toBe(3);
  store.addPage('1', { runs: [newest, run({ run_id: 'old', started_at: NOW - 9 })], next_page_token: 'next' });
  expect(store.missing('1')).toBe(2);
  expect(store.nextPage('1')).toEqual({ page_token: 'next' });
  store.apply(snapshot([newest]));
  expect(store.runsOf('1').map(({ run_id }) => run_id)).toEqual(['new', 'old']);
});

test('a page never overwrites what arrived live', () => {
  const store = new TrackingModel();
  store.apply(snapshot([]));
  store.apply({ type: 'tracking/run', topic: 'tracking', run: run({ state: 'succeeded' }) });
  store.addPage('1', { runs: [run({ state: 'running' })] });
  expect(store.runsOf('1')[0]?.state).toBe('succeeded');
});

test('events put and remove runs; applying one twice changes nothing', () => {
  const store = new TrackingModel();
  store.apply(snapshot([run()], 1));
  for (let times = 0; times < 2; times++) {
    store.apply({ type: 'tracking/run-removed', topic: 'tracking', run_id: 'r1' });
    store.apply({
      type: 'tracking/experiment',
      topic: 'tracking',
      experiment: experiment({ run_count: 0, name: 'Default' }),
    });
  }
  expect(store.runsOf('1')).toEqual([]);
  expect(store.experiments()).toEqual([]);
});
