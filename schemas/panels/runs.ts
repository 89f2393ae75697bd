import type { LogPlace, LogSearch, PipelineRun, StepLog } from '../wire/pipelines.ts';
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

/** Words that are wanted in all of an output but what the panel holds, from `from` to before `to`. */
export interface WantedWords extends Required<LogSearch> {
  /** names the search */
  id: number;
}

/** How it stands with a search. `given-up`: an answer could not be had. */
export interface LogSearchState {
  id: number;
  state: 'searching' | 'found' | 'not-found' | 'given-up';
  /** of what was to be looked through, from 0 to 1 */
  share: number;
}

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
  | { type: 'runs/log-search'; step: string; search: LogSearchState }
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
  /** it ends the one before */
  | { type: 'runs/search-log'; step: string; wanted: WantedWords }
  | { type: 'runs/stop-search' };
