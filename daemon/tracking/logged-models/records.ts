import type { Condition } from '../../../schemas/search/index.ts';
import type { KeyValue, LoggedMetric } from '../records.ts';

export type LoggedModelStatus = 'pending' | 'ready' | 'failed' | 'unknown';

/** A model that a run logged, or that somebody registered to log something with. */
export interface LoggedModelRecord {
  model_id: string;
  experiment_id: string;
  name: string;
  /** empty when nobody said */
  model_type: string;
  /** empty when it is of no run */
  source_run_id: string;
  status: LoggedModelStatus;
  /** where its files lie among the artifacts, unless its experiment keeps them elsewhere */
  artifact_path: string;
  created_at: number;
  updated_at: number;
  deleted: boolean;
  params: KeyValue[];
  tags: KeyValue[];
}

/** A point of a metric of a model, and where it was measured. */
export interface ModelMetric extends LoggedMetric {
  model_id: string;
  run_id: string;
}

export interface LoggedModelDetail extends LoggedModelRecord {
  metrics: ModelMetric[];
}

export interface LoggedModelPage {
  total: number;
  /** another page follows */
  isMore: boolean;
  pieces: Iterable<LoggedModelDetail[]>;
}

export interface NewLoggedModel {
  experiment_id: string;
  /** invented when missing */
  name?: string;
  model_type?: string;
  source_run_id?: string;
  params?: readonly KeyValue[];
  tags?: readonly KeyValue[];
}

export interface DatasetFilter {
  name: string;
  /** any when missing */
  digest?: string;
}

export type LoggedModelOrder = { descending: boolean } & (
  | { kind: 'attribute'; key: string }
  | { kind: 'metric'; key: string; dataset: { name?: string; digest?: string } }
);

export interface LoggedModelQuery {
  experiment_ids: readonly string[];
  conditions: readonly Condition[];
  /** metrics count only where they were measured on one of these; without conditions on metrics, any metric will do */
  datasets: readonly DatasetFilter[];
  orders: readonly LoggedModelOrder[];
  limit: number;
  offset: number;
}
