import type { Experiment, LoggedModel, RunDetail, RunSummary } from '../../../schemas/wire/tracking.ts';
import type { ExperimentRecord, LoggedModelRecord, RunRecord } from '../../tracking/index.ts';

/** What goes over the wire is chosen here by name: what the room adds for itself stays in the room. */
export function toExperiment({
  experiment_id,
  name,
  run_count,
  top_count,
  updated_at,
  tags,
}: ExperimentRecord): Experiment {
  return { experiment_id, name, run_count, top_count, updated_at, tags };
}

function toRunSummary(run: RunRecord): RunSummary {
  const { run_id, experiment_id, name, state, started_at, ended_at, user, pruned_step, metrics } = run;
  return { run_id, experiment_id, name, state, started_at, ended_at, user, pruned_step, metrics };
}

export function toRunDetail(run: RunRecord): RunDetail {
  const { experiment_name, params, tags } = run;
  return { ...toRunSummary(run), experiment_name, params, tags };
}

export function toLoggedModel(model: LoggedModelRecord): LoggedModel {
  const { model_id, experiment_id, name, model_type, source_run_id, status, created_at, updated_at } = model;
  return { model_id, experiment_id, name, model_type, source_run_id, status, created_at, updated_at };
}
