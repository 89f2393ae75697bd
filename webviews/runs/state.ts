import type { Connection } from '../../schemas/panels/common.ts';
import type { LogMove, RunState, ToRunsPanel } from '../../schemas/panels/runs.ts';
import { addToAll } from '../../schemas/panels/series.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';
import type { LogFinding, PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { DetailsState } from './details-state.ts';
import { NO_DETAILS, reduceDetails } from './details-state.ts';
import type { LogWindow } from './log/window.ts';
import { lineAt, movedTo, taken } from './log/window.ts';

export interface StepOutput {
  window: LogWindow;
  /** how many pages came that were asked for */
  answers: number;
  /** where a person went last; another object each time */
  moved?: Moved;
  /** what a search has come to, and which one */
  finding?: { id: number; finding: LogFinding | null };
}

export interface Moved {
  to: LogMove;
  /** the line's */
  id: number;
}

export interface RunsState {
  connection: Connection;
  problem: ErrorBody | null;
  run: RunState | null;
  pipeline: PipelineRun | null;
  /** output by step, as far as it was read */
  logs: Record<string, StepOutput>;
  /** whose output a person asked for; another object each time */
  wantedLog: { step: string } | null;
  details: DetailsState;
}

export const NO_RUNS: RunsState = {
  connection: 'connected',
  problem: null,
  run: null,
  pipeline: null,
  logs: {},
  wantedLog: null,
  details: NO_DETAILS,
};

export function reduce(state: RunsState, message: ToRunsPanel): RunsState {
  switch (message.type) {
    case 'connection':
      return { ...state, connection: message.connection };
    case 'problem':
      return { ...state, problem: message.problem };
    case 'runs/all':
      return { ...state, run: message.run, pipeline: message.pipeline };
    case 'runs/run':
      return { ...state, run: message.run };
    case 'runs/detail':
      return change(state, (run) => ({ ...run, run: message.run, known: true }));
    case 'runs/points':
      return change(state, (run) => ({ ...run, series: addToAll(run.series, message.series) }));
    case 'runs/pipeline':
      return { ...state, pipeline: message.pipeline };
    case 'runs/log':
      return {
        ...state,
        logs: { ...state.logs, [message.step]: withLog(outputOf(state.logs, message.step), message) },
      };
    case 'runs/log-moved':
      return {
        ...state,
        logs: { ...state.logs, [message.step]: withMove(outputOf(state.logs, message.step), message) },
      };
    case 'runs/log-finding':
      return { ...state, logs: withFinding(state.logs, message) };
    case 'runs/log-failed':
      return { ...state, logs: withFailure(state.logs, message.step) };
    case 'runs/show-log':
      return { ...state, wantedLog: { step: message.step } };
    default:
      return { ...state, details: reduceDetails(state.details, message) };
  }
}

export function failedStep(pipeline: PipelineRun | null): StepRun | undefined {
  return pipeline?.steps.find(({ state }) => state === 'failed');
}

/** Why the steps ran that just ran, where one sentence says it of all. */
export function sharedReason({ steps }: PipelineRun): string | undefined {
  const reasons = new Set(steps.filter(isPlain).map(({ reason }) => reason));
  return reasons.size === 1 ? [...reasons][0] : undefined;
}

/** Nothing has to be explained of it. */
function isPlain({ state, cached }: StepRun): boolean {
  return !cached && (state === 'pending' || state === 'running' || state === 'succeeded');
}

/** A step may be called `constructor`. */
export function outputOf(logs: RunsState['logs'], step: string): StepOutput | undefined {
  return Object.hasOwn(logs, step) ? logs[step] : undefined;
}

function change(state: RunsState, to: (run: RunState) => RunState): RunsState {
  return { ...state, run: state.run && to(state.run) };
}

function withLog(before: StepOutput | undefined, { log, isAnswer }: ToRunsPanel & { type: 'runs/log' }): StepOutput {
  const answers = (before?.answers ?? 0) + (isAnswer ? 1 : 0);
  return { ...before, window: taken(before?.window, log, isAnswer), answers };
}

function withMove(
  output: StepOutput | undefined,
  { to, log, before }: ToRunsPanel & { type: 'runs/log-moved' },
): StepOutput {
  const window = movedTo(output?.window, to, log, before);
  return { ...output, window, answers: (output?.answers ?? 0) + 1, moved: { to, id: lineAt(window, log.offset) } };
}

function withFinding(
  logs: RunsState['logs'],
  { step, id, finding }: ToRunsPanel & { type: 'runs/log-finding' },
): RunsState['logs'] {
  const output = outputOf(logs, step);
  return output ? { ...logs, [step]: { ...output, finding: { id, finding } } } : logs;
}

/** The question is answered: another may follow. */
function withFailure(logs: RunsState['logs'], step: string): RunsState['logs'] {
  const output = outputOf(logs, step);
  return output ? { ...logs, [step]: { ...output, answers: output.answers + 1 } } : logs;
}
