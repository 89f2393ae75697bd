import { expect, test } from 'vitest';
import { SweepsModel, sweepStanding } from '../../../../extension/views/sweeps-model.ts';
import type { SweepSummary } from '../../../../schemas/wire/sweeps.ts';

const counts = { running: 0, complete: 0, pruned: 0, failed: 0, cancelled: 0 };
const sweep = (said: Partial<SweepSummary>): SweepSummary => ({
  sweep_id: 's1',
  name: 'tune',
  step: 'train',
  goal: 'maximize f1',
  state: 'running',
  reason: '',
  started_at: 1,
  ended_at: null,
  trials: 40,
  parallel: 1,
  run_id: null,
  counts,
  best: null,
  ...said,
});

test('sweeps are known by their ids, and each name by its newest', () => {
  const model = new SweepsModel();
  const old = sweep({ sweep_id: 's0', started_at: 0, state: 'succeeded' });
  const other = sweep({ sweep_id: 's2', name: 'other', started_at: 2 });
  model.apply({ type: 'sweeps/snapshot', topic: 'sweeps', sweeps: [other, old] });
  model.apply({ type: 'sweeps/sweep', topic: 'sweeps', sweep: sweep({}) });
  model.apply({ type: 'sweeps/sweep', topic: 'sweeps', sweep: sweep({ state: 'failed' }) });
  expect(model.sweeps.map(({ sweep_id }) => sweep_id)).toEqual(['s2', 's1', 's0']);
  expect(model.byId('s1')?.state).toBe('failed');
  expect(
    model
      .newest()
      .map(({ sweep_id }) => sweep_id)
      .toSorted(),
  ).toEqual(['s1', 's2']);
});

test('what has ended of a sweep are all trials but those that run', () => {
  const begun = { ...counts, running: 2, complete: 3, pruned: 4, failed: 1 };
  expect(sweepStanding(sweep({ counts: begun }))).toEqual({ done: 8, total: 40 });
});
