import type { PipelineRun } from '../wire/pipelines.ts';
import type { MetricSeries, RunDetail } from '../wire/tracking.ts';
import type { AnyFromPanel, AnyToPanel } from './common.ts';
import type { FromRunDetails, ToRunDetails } from './run-details.ts';

/** A list of one run; several are a panel of their own. */
export interface RunsSubject {
  run_ids: string[];
}

/** `run` is null until it was heard of, and for good when it does not exist. */
export interface RunState {
  run_id: string;
  run: RunDetail | null;
  known: boolean;
  series: MetricSeries[];
}

export type ToRunsPanel =
  | AnyToPanel
  | ToRunDetails
  | { type: 'runs/all'; runs: RunState[]; pipeline: PipelineRun | null }
  | { type: 'runs/run'; run: RunState }
  | { type: 'runs/detail'; run: RunDetail }
  | { type: 'runs/points'; run_id: string; series: Pick<MetricSeries, 'key' | 'points'>[] }
  | { type: 'runs/pipeline'; pipeline: PipelineRun }
  | { type: 'runs/log'; step: string; offset: number; text: string; next_offset: number };

export type FromRunsPanel =
  | AnyFromPanel
  | FromRunDetails
  | { type: 'runs/save'; name: string; text: string }
  | { type: 'runs/read-log'; step: string; offset: number };
