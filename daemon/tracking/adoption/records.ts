import type { WorkState } from '../../../schemas/wire/common.ts';
import type { DatasetInput, ModelOutput } from '../inputs/records.ts';
import type { LoggedModelRecord, ModelMetric } from '../logged-models/records.ts';
import type { KeyValue } from '../records.ts';

/** An experiment of another store. */
export interface AdoptedExperiment {
  name: string;
  created_at: number;
  updated_at: number;
  deleted: boolean;
  /** of artifacts that stay where they are */
  artifact_location: string | null;
  tags: readonly KeyValue[];
}

export interface AdoptedRun {
  run_id: string;
  experiment_id: string;
  name: string;
  user: string;
  state: WorkState;
  started_at: number;
  ended_at: number | null;
  params: readonly KeyValue[];
  tags: readonly KeyValue[];
  datasets: readonly DatasetInput[];
  input_models: readonly string[];
  output_models: readonly ModelOutput[];
}

export interface AdoptedLoggedModel extends Omit<LoggedModelRecord, 'artifact_path' | 'artifact_location'> {
  metrics: readonly Omit<ModelMetric, 'model_id'>[];
}
