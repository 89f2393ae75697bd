import type { Connection } from '../../schemas/panels/common.ts';
import type { PipelinePlan, ToPipelinePanel } from '../../schemas/panels/pipeline.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';

export interface PipelineState {
  connection: Connection;
  problem: ErrorBody | null;
  /** null until it was heard of */
  plan: PipelinePlan | null;
  /** the newest first */
  runs: readonly PipelineRun[];
}

export const NOTHING: PipelineState = { connection: 'connected', problem: null, plan: null, runs: [] };

export function reduce(state: PipelineState, message: ToPipelinePanel): PipelineState {
  switch (message.type) {
    case 'connection':
      return { ...state, connection: message.connection };
    case 'problem':
      return { ...state, problem: message.problem };
    case 'pipeline/all':
      return { ...state, plan: message.plan, runs: newestFirst(message.runs) };
    case 'pipeline/runs':
      return { ...state, runs: newestFirst([...message.runs, ...without(state.runs, message.runs)]) };
  }
}

function without(runs: readonly PipelineRun[], other: readonly PipelineRun[]): PipelineRun[] {
  const ids = new Set(other.map(({ run_id }) => run_id));
  return runs.filter(({ run_id }) => !ids.has(run_id));
}

function newestFirst(runs: readonly PipelineRun[]): PipelineRun[] {
  return runs.toSorted((one, other) => other.started_at - one.started_at);
}
