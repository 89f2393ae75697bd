import { expect, test } from 'vitest';
import { LiveResults } from '../../../../extension/language/live.ts';
import { PipelineModel } from '../../../../extension/views/pipeline-model.ts';
import { RegistryModel } from '../../../../extension/views/registry-model.ts';
import { SweepsModel } from '../../../../extension/views/sweeps-model.ts';
import { latest, NOW, pipelineRun, run, step, trackingModel } from '../views/some.ts';

test('the editor is told of each step how it last went, of one with variants how many have ended', () => {
  const pipelines = new PipelineModel();
  const tracking = trackingModel();
  const variant = (name: string, state: 'succeeded' | 'failed' | 'pending') =>
    step(name, state, { of: 'train', reason: name });
  const newest = pipelineRun([
    step('split', 'succeeded', { seconds: 2 }),
    variant('train (1)', 'succeeded'),
    variant('train (2)', 'failed'),
    variant('train (3)', 'pending'),
  ]);
  const earlier = pipelineRun([variant('train (1)', 'succeeded')], { run_id: 'p0', started_at: NOW - 1000 });
  pipelines.apply({ type: 'pipelines/snapshot', topic: 'pipelines', runs: [newest, earlier] });
  const summary = run({ run_id: 'p1', metrics: [{ ...latest('rows', 7), timestamp: NOW + 1000 }] });
  tracking.apply({ type: 'tracking/snapshot', topic: 'tracking', experiments: [], runs: [summary] });
  const refuse = () => Promise.reject(new Error('nobody asks'));
  const live = new LiveResults(
    { pipelines, tracking, registry: new RegistryModel(), sweeps: new SweepsModel() },
    { runs: refuse, run: refuse },
  );
  expect(live.steps()).toMatchObject([
    { name: 'split', state: 'succeeded', seconds: 2, ran: 1, metrics: [{ key: 'rows', value: 7 }] },
    { name: 'train', state: 'running', reason: 'train (2)', ran: 2, variants: { done: 2, total: 3 } },
  ]);
});
