import type { Keep } from '../../../../extension/views/experiment-views.ts';
import { ExperimentViews } from '../../../../extension/views/experiment-views.ts';
import type { TreeNode } from '../../../../extension/views/node.ts';
import { TrackingModel } from '../../../../extension/views/tracking-model.ts';
import type { MonitorSummary } from '../../../../schemas/wire/monitoring.ts';
import type { PipelineRun, StepRun } from '../../../../schemas/wire/pipelines.ts';
import type { Model, ModelVersion, Stage } from '../../../../schemas/wire/registry.ts';
import type { Endpoint } from '../../../../schemas/wire/serving.ts';
import type { Experiment, RunSummary } from '../../../../schemas/wire/tracking.ts';

/** What a workspace keeps, for as long as a test lasts. */
export function memory(): Keep {
  const kept = new Map<string, unknown>();
  return {
    // what comes back was written to a disk and read again
    get: <T>(key: string) => (kept.has(key) ? (JSON.parse(JSON.stringify(kept.get(key))) as T) : undefined),
    update: async (key, value) => void kept.set(key, value),
  };
}

export const trackingModel = (keep = memory()) => new TrackingModel(new ExperimentViews(keep));

/** Things as the daemon sends them, with nothing special about them. */
export const NOW = Date.UTC(2026, 5, 1, 12);

export const experiment = (over: Partial<Experiment> = {}): Experiment => ({
  experiment_id: '1',
  name: 'match-outcome',
  run_count: 1,
  updated_at: NOW,
  ...over,
});

export const run = (over: Partial<RunSummary> = {}): RunSummary => ({
  run_id: 'r1',
  experiment_id: '1',
  name: 'brave-otter',
  state: 'succeeded',
  started_at: NOW - 100_000,
  ended_at: NOW - 59_000,
  user: 'ana',
  metrics: [],
  ...over,
});

export const latest = (key: string, value: number) => ({ key, value, step: 0, timestamp: NOW });

export const version = (number: number, stage: Stage, over: Partial<ModelVersion> = {}): ModelVersion => ({
  version: number,
  stage,
  created_at: NOW - 2 * 86_400_000,
  created_by: 'ana',
  description: '',
  run_id: null,
  metrics: { f1_macro: 0.604 },
  ...over,
});

export const model = (versions: ModelVersion[], name = 'match-outcome'): Model => ({
  name,
  description: '',
  updated_at: NOW,
  versions,
});

export const step = (name: string, state: StepRun['state'], over: Partial<StepRun> = {}): StepRun => ({
  name,
  state,
  cached: false,
  reason: '',
  started_at: state === 'pending' ? null : NOW,
  seconds: state === 'succeeded' ? 12 : null,
  ...over,
});

export const pipelineRun = (steps: StepRun[], over: Partial<PipelineRun> = {}): PipelineRun => ({
  run_id: 'p1',
  pipeline: 'match-outcome',
  name: 'brave-otter',
  state: 'running',
  started_at: NOW,
  ended_at: null,
  steps,
  ...over,
});

export const endpoint = (over: Partial<Endpoint> = {}): Endpoint => ({
  name: 'match-outcome',
  model_ref: 'match-outcome@production',
  state: 'ready',
  model: 'match-outcome',
  version: 3,
  url: 'http://127.0.0.1:4000',
  started_at: NOW,
  requests: 41,
  errors: 0,
  p50_ms: 1.25,
  p99_ms: 6,
  problem: null,
  ...over,
});

export const monitor = (over: Partial<MonitorSummary> = {}): MonitorSummary => ({
  name: 'outcome-drift',
  endpoint: 'match-outcome',
  state: 'drift',
  sentence: '2 of 11 columns drifted in the last 1,000 requests; most: home_form',
  drifted: [
    { name: 'home_form', test: 'ks', effect: 0.18, threshold: 0.1, p_value: 1e-9 },
    { name: 'league', test: 'chi_square', effect: 0.31, threshold: 0.2 },
  ],
  columns: 11,
  rows: 1000,
  at: NOW,
  ...over,
});

/** A tree as a person sees it: icon, label and description, indented. */
export function drawn(nodes: TreeNode[], indent = ''): string[] {
  return nodes.flatMap((node) => [
    `${indent}${[node.icon && `(${node.icon.id})`, node.label, node.description].filter(Boolean).join(' ')}`,
    ...drawn(node.children ?? [], `${indent}  `),
  ]);
}
