import type { LogFinding, LogPlace, LogSearch, PipelineRun, StepLog } from '../wire/pipelines.ts';
import type { MetricSeries, RunDetail } from '../wire/tracking.ts';
import type { AnyFromPanel, AnyToPanel } from './common.ts';
import type { FromRunDetails, ToRunDetails } from './run-details.ts';

/** One run; several are a panel of their own. */
export interface RunSubject {
  run_id: string;
}

/** `run` is null until it was heard of, and as long as it does not exist. */
export interface RunState {
  run_id: string;
  run: RunDetail | null;
  known: boolean;
  series: MetricSeries[];
  /** it was there while the panel looked: it can be brought back */
  deleted?: boolean;
}

/** To where a part of an output that is shown is another one: to either end, or to a line that was found. */
export type LogMove = 'start' | 'end' | 'found';

export type ToRunsPanel =
  | AnyToPanel
  | ToRunDetails
  | { type: 'runs/all'; run: RunState; pipeline: PipelineRun | null }
  | { type: 'runs/run'; run: RunState }
  | { type: 'runs/detail'; run: RunDetail }
  | { type: 'runs/points'; series: Pick<MetricSeries, 'key' | 'points'>[] }
  | { type: 'runs/pipeline'; pipeline: PipelineRun }
  /** as it was printed, or what was asked for */
  | { type: 'runs/log'; step: string; log: StepLog; isAnswer?: true }
  /** the panel goes there; `before`: what stands before it */
  | { type: 'runs/log-moved'; step: string; to: LogMove; log: StepLog; before?: StepLog }
  /** what a search has come to in a moment; null: that cannot be had */
  | { type: 'runs/log-finding'; step: string; id: number; finding: LogFinding | null }
  /** what was asked for cannot be read */
  | { type: 'runs/log-failed'; step: string }
  /** a person asked for the output of this step */
  | { type: 'runs/show-log'; step: string };

export type FromRunsPanel =
  | AnyFromPanel
  | FromRunDetails
  | { type: 'runs/restore' }
  | { type: 'runs/save'; name: string; text: string }
  | { type: 'runs/follow-log'; step: string }
  | { type: 'runs/leave-log'; step: string }
  | { type: 'runs/read-log'; step: string; place: LogPlace; to?: LogMove }
  /** the answer bears its id */
  | { type: 'runs/search-log'; step: string; id: number; search: LogSearch };
