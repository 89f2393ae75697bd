import type { MlflowExperiment } from '../../../schemas/external/mlflow/experiments.ts';
import type { MlflowRunInputs, MlflowRunOutputs } from '../../../schemas/external/mlflow/inputs.ts';
import type { MlflowRun, MlflowRunInfo } from '../../../schemas/external/mlflow/runs.ts';
import { STATUS_OF } from '../../../schemas/run-status.ts';
import type { MetricNumber } from '../../../schemas/wire/common.ts';
import { CrisolError } from '../../base/errors.ts';
import type { ExperimentRecord, KeyValue, Lifecycle, RunLinks, RunRecord } from '../../tracking/index.ts';

/** A run's name is kept once; MLflow's client also expects it among the tags. */
export const RUN_NAME_TAG = 'mlflow.runName';

export function lifecycleOf(viewType: string | undefined): Lifecycle {
  if (viewType === 'DELETED_ONLY' || viewType === '2') return 'deleted';
  return viewType === 'ALL' || viewType === '3' ? 'all' : 'active';
}

export function toExperiment(experiment: ExperimentRecord): MlflowExperiment {
  const { experiment_id, name, created_at, updated_at, deleted, tags } = experiment;
  return {
    experiment_id,
    name,
    artifact_location: locationOf(experiment.artifact_location, experiment_id),
    lifecycle_stage: deleted ? 'deleted' : 'active',
    creation_time: created_at,
    last_update_time: updated_at,
    tags: unlessEmpty(tags),
  };
}

/** `links` are missing when it took nothing in and gave nothing out. */
export function toRun(run: RunRecord, links: RunLinks | undefined): MlflowRun {
  return {
    info: toRunInfo(run),
    data: {
      metrics: unlessEmpty(
        run.metrics.map(({ key, value, timestamp, step }) => ({ key, value: toValue(value), timestamp, step })),
      ),
      params: unlessEmpty(run.params),
      tags: unlessEmpty([...run.tags, { key: RUN_NAME_TAG, value: run.name }]),
    },
    inputs: links ? toRunInputs(links) : {},
    outputs: links ? toRunOutputs(links) : {},
  };
}

export function toRunInfo(run: Omit<RunRecord, 'metrics' | 'params' | 'tags'>): MlflowRunInfo {
  const { run_id, experiment_id, name, user, state, started_at, ended_at, deleted } = run;
  return {
    run_id,
    run_uuid: run_id,
    run_name: name,
    experiment_id,
    user_id: user,
    status: STATUS_OF[state],
    start_time: started_at,
    end_time: ended_at ?? undefined,
    artifact_uri: `${locationOf(run.artifact_location, experiment_id)}/${run_id}/artifacts`,
    lifecycle_stage: deleted ? 'deleted' : 'active',
  };
}

/** MLflow's JSON has NaN as a word and answers the greatest number for infinity. */
export function toValue(value: MetricNumber): number | 'NaN' {
  if (value === 'Infinity') return Number.MAX_VALUE;
  return value === '-Infinity' ? -Number.MAX_VALUE : value;
}

/** The tags without the run's name, and the name. */
export function splitName(tags: readonly KeyValue[]): { name: string | undefined; tags: KeyValue[] } {
  const name = tags.findLast(({ key }) => key === RUN_NAME_TAG)?.value;
  return { name: name || undefined, tags: tags.filter(({ key }) => key !== RUN_NAME_TAG) };
}

export function readOffset(token: string | undefined): number {
  if (!token) return 0;
  try {
    const { offset } = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  } catch {
    // told below
  }
  throw new CrisolError('INVALID_PARAMETER_VALUE', `Invalid page token, could not decode ${JSON.stringify(token)}.`);
}

export function writeOffset(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64');
}

function locationOf(artifactLocation: string | null, experimentId: string): string {
  return artifactLocation ?? `mlflow-artifacts:/${experimentId}`;
}

export function unlessEmpty<T>(items: readonly T[]): T[] | undefined {
  return items.length > 0 ? [...items] : undefined;
}

export function toRunInputs({ datasets, input_models }: RunLinks): MlflowRunInputs {
  return {
    dataset_inputs: unlessEmpty(datasets.map(({ dataset, tags }) => ({ tags: unlessEmpty(tags), dataset }))),
    model_inputs: unlessEmpty(input_models.map((model_id) => ({ model_id }))),
  };
}

export function toRunOutputs({ output_models }: RunLinks): MlflowRunOutputs {
  return { model_outputs: unlessEmpty(output_models) };
}
