import type { KeyValue } from '../records.ts';

export interface Dataset {
  name: string;
  digest: string;
  source_type: string;
  source: string;
  schema?: string;
  profile?: string;
}

/** A dataset as one run took it in. */
export interface DatasetInput {
  dataset: Dataset;
  /** what for: training, evaluation, … */
  context?: string;
  tags: readonly KeyValue[];
}

export interface ModelOutput {
  model_id: string;
  step: number;
}

/** What a run took in and gave out. */
export interface RunLinks {
  datasets: DatasetInput[];
  input_models: string[];
  output_models: ModelOutput[];
}

export interface DatasetSummary {
  experiment_id: string;
  name: string;
  digest: string;
  context?: string;
}
