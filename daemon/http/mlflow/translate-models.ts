import type { KeyValue as SentPair } from '../../../schemas/external/mlflow/common.ts';
import type {
  MlflowLoggedModel,
  MlflowLoggedModelStatus,
  MlflowModelMetric,
} from '../../../schemas/external/mlflow/logged-models.ts';
import { LOGGED_MODEL_STATUS } from '../../../schemas/external/mlflow/logged-models.ts';
import { toMetricNumber } from '../../../schemas/wire/common.ts';
import type {
  KeyValue,
  LoggedModelDetail,
  LoggedModelRecord,
  LoggedModelStatus,
  ModelMetric,
  Tracking,
} from '../../tracking/index.ts';
import { toValue, unlessEmpty } from './translate.ts';

const STATUS_OF: Record<LoggedModelStatus, MlflowLoggedModelStatus> = {
  unknown: 'LOGGED_MODEL_STATUS_UNSPECIFIED',
  pending: 'LOGGED_MODEL_PENDING',
  ready: 'LOGGED_MODEL_READY',
  failed: 'LOGGED_MODEL_UPLOAD_FAILED',
};
const STATUSES = Object.keys(STATUS_OF) as LoggedModelStatus[];

/** By name, as the client sends it, in short, as it shows it to people, or by its number in the protocol. */
export function statusOf(sent: unknown): LoggedModelStatus {
  const text = String(sent).toUpperCase();
  const isMeant = (status: LoggedModelStatus) => {
    const name = STATUS_OF[status];
    return name === text || status.toUpperCase() === text || String(LOGGED_MODEL_STATUS.indexOf(name)) === text;
  };
  return STATUSES.find(isMeant) ?? 'unknown';
}

export function asPairs(sent: readonly SentPair[] = []): KeyValue[] {
  return sent.map(({ key, value = '' }) => ({ key, value }));
}

/** Where experiments keep their artifacts: looked up once each, however many models of them are told. */
export function artifactLocations({ experiments }: Tracking): (experimentId: string) => string | null {
  const known = new Map<string, string | null>();
  return (id) => {
    const location = known.has(id) ? known.get(id) : experiments.get(id).artifact_location;
    known.set(id, location ?? null);
    return location ?? null;
  };
}

export function toLoggedModel(
  model: LoggedModelDetail,
  locationOf: (experimentId: string) => string | null,
): MlflowLoggedModel {
  const { model_id, experiment_id, name, model_type, source_run_id, status, created_at, updated_at } = model;
  return {
    info: {
      model_id,
      experiment_id,
      name,
      creation_timestamp_ms: created_at,
      last_updated_timestamp_ms: updated_at,
      artifact_uri: modelArtifactUri(model, locationOf(experiment_id)),
      status: STATUS_OF[status],
      model_type,
      source_run_id,
      tags: unlessEmpty(model.tags),
    },
    data: { params: unlessEmpty(model.params), metrics: unlessEmpty(model.metrics.map(toModelMetric)) },
  };
}

/** `artifactLocation` is that of its experiment. */
export function modelArtifactUri(model: LoggedModelRecord, artifactLocation: string | null): string {
  if (artifactLocation === null) return `mlflow-artifacts:/${model.artifact_path}`;
  return `${artifactLocation}/models/${model.model_id}/artifacts`;
}

function toModelMetric({ key, value, timestamp, step, model_id, run_id, dataset }: ModelMetric): MlflowModelMetric {
  const point = { key, value: toValue(toMetricNumber(value)), timestamp, step, model_id, run_id };
  return dataset ? { ...point, dataset_name: dataset.name, dataset_digest: dataset.digest } : point;
}
