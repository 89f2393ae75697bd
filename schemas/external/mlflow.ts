import type { Static } from 'typebox';
import { Type } from 'typebox';

/** MLflow's entities, as its REST interface writes them. Absent stands for empty. */
export const MlflowKeyValue = Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) });
export type MlflowKeyValue = Static<typeof MlflowKeyValue>;

export const MlflowMetric = Type.Object({
  key: Type.String(),
  /** NaN and the infinities may come as words */
  value: Type.Number(),
  timestamp: Type.Integer(),
  step: Type.Optional(Type.Integer()),
});
export type MlflowMetric = Static<typeof MlflowMetric>;

export const RUN_STATUS = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
export type MlflowRunStatus = (typeof RUN_STATUS)[number];

export interface MlflowRunInfo {
  run_id: string;
  /** the same again: the client reads either */
  run_uuid: string;
  run_name: string;
  experiment_id: string;
  user_id: string;
  status: MlflowRunStatus;
  start_time: number;
  end_time?: number;
  artifact_uri: string;
  lifecycle_stage: 'active' | 'deleted';
}

export interface MlflowRun {
  info: MlflowRunInfo;
  data: {
    metrics?: { key: string; value: number | 'NaN'; timestamp: number; step: number }[];
    params?: { key: string; value: string }[];
    tags?: { key: string; value: string }[];
  };
  inputs: object;
  outputs: object;
}

export interface MlflowExperiment {
  experiment_id: string;
  name: string;
  artifact_location: string;
  lifecycle_stage: 'active' | 'deleted';
  creation_time: number;
  last_update_time: number;
  tags?: { key: string; value: string }[];
}
