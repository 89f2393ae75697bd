import type { Condition, Order } from '../../schemas/search/index.ts';
import type { WorkState } from '../../schemas/wire/common.ts';
import type { Experiment, RunDetail } from '../../schemas/wire/tracking.ts';

/** What the store knows of an experiment beyond what goes over the wire. */
export interface ExperimentRecord extends Experiment {
  /** where its artifacts lie, if somebody said so */
  artifact_location: string | null;
  created_at: number;
  deleted: boolean;
  tags: KeyValue[];
}

export interface RunRecord extends RunDetail {
  deleted: boolean;
  /** where its artifacts are kept, if somebody said so or it was moved from there */
  artifact_location: string | null;
}

export interface KeyValue {
  key: string;
  value: string;
}

/** One point of a metric as it is logged; the value may be NaN or infinite. */
export interface LoggedMetric {
  key: string;
  value: number;
  step: number;
  timestamp: number;
  /** the model that was measured, if it is one that was logged */
  model_id?: string;
  /** what it was measured on */
  dataset?: { name: string; digest: string };
}

export interface Batch {
  metrics?: readonly LoggedMetric[];
  params?: readonly KeyValue[];
  tags?: readonly KeyValue[];
}

export interface NewExperiment {
  name: string;
  artifact_location?: string;
  tags?: readonly KeyValue[];
}

export interface NewRun {
  experiment_id: string;
  /** invented when missing */
  name?: string;
  user?: string;
  /** now when missing */
  started_at?: number;
  tags?: readonly KeyValue[];
}

export interface RunUpdate {
  name?: string;
  state?: WorkState;
  ended_at?: number;
}

export interface RunQuery {
  /** all experiments when missing */
  experiment_ids?: readonly string[];
  which?: Lifecycle;
  /** only those that stand below one of these runs; below no other, when null */
  parents?: readonly string[] | null;
  conditions?: readonly Condition[];
  /** newest first when missing */
  orders?: readonly Order[];
  limit: number;
  page_token?: string;
  /** also says how many there are on all pages */
  count?: boolean;
}

export interface ExperimentQuery {
  which?: Lifecycle;
  conditions: readonly Condition[];
  /** newer ones come first where nothing else decides */
  orders: readonly Order[];
  limit: number;
  offset: number;
}

/** Of a list without pages: how many runs have which value of a tag or a param. */
export interface GroupQuery extends Omit<RunQuery, 'orders' | 'limit' | 'page_token' | 'count'> {
  by: { kind: 'param' | 'tag'; key: string };
  limit: number;
}

export interface RunGroup {
  /** null when they do not have it */
  value: string | null;
  runs: number;
}

/** A run of a list: what it has many of is JSON already, in the shape it has on the wire. */
export interface WrittenRun extends Omit<RunRecord, 'metrics' | 'params' | 'tags'> {
  metrics: string;
  params: string;
  tags: string;
}

/** A page of a list; its runs are read when they are asked for, piece by piece. */
export interface FoundRuns {
  total: number;
  pieces(): Iterable<WrittenRun[]>;
  next_page_token?: string;
  /** on all pages, if it was asked for */
  count?: number;
}

export type Lifecycle = 'active' | 'deleted' | 'all';

/** What others are told, once it is committed. */
export type TrackingChange =
  | { type: 'experiment'; experiment_id: string }
  /** it is new, or anything of it but its points changed */
  | { type: 'run'; run_id: string; experiment_id: string }
  | { type: 'run-removed'; run_id: string; experiment_id: string }
  /** a logged model is new, changed or deleted */
  | { type: 'model'; model_id: string; experiment_id: string }
  | { type: 'points'; run_id: string; points: readonly LoggedMetric[] };
