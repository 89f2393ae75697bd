import type { WorkState } from './wire/common.ts';

/** MLflow's words for the states of runs; a protocol's list, so that some say the number of a word instead. */
export const RUN_STATUS = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
export type RunStatus = (typeof RUN_STATUS)[number];

/** What a state is called there, where it is sent, searched and ordered. */
export const STATUS_OF: Record<WorkState, RunStatus> = {
  pending: 'SCHEDULED',
  running: 'RUNNING',
  succeeded: 'FINISHED',
  failed: 'FAILED',
  cancelled: 'KILLED',
  skipped: 'FINISHED',
};

const STATE_OF: Record<RunStatus, WorkState> = {
  SCHEDULED: 'pending',
  RUNNING: 'running',
  FINISHED: 'succeeded',
  FAILED: 'failed',
  KILLED: 'cancelled',
};

/** By its word or its number; undefined for what is neither. */
export function stateOfStatus(status: string | number | undefined): WorkState | undefined {
  const known = RUN_STATUS.find((word, index) => word === status || String(index + 1) === String(status));
  return known && STATE_OF[known];
}
