import type { BuiltInStep } from './grammar/built-in-steps.ts';
import type { FoldSettings } from './grammar/folds.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Range } from './positions.ts';
import type { DatasetModel, TriggerModel } from './trigger-model.ts';

/** A value and where it stands in the file. */
export interface Located<T> {
  value: T;
  range: Range;
}

/** What stands in crisol.yaml, as far as it could be read. Nothing is thrown: mistakes are among the diagnostics. */
export interface PipelineModel {
  version: number | null;
  name: string | null;
  /** parts of the project in other files */
  includes: Located<string>[];
  params: ParamsModel;
  env: Record<string, string>;
  /** files that are named outside of steps: of datasets, and queries of features */
  sources: Located<string>[];
  steps: StepModel[];
  models: NamedModel[];
  endpoints: EndpointModel[];
  monitors: MonitorModel[];
  datasets: DatasetModel[];
  /** what begins runs: `on` */
  triggers: TriggerModel[];
  sweeps: SweepModel[];
}

/** `params` is a map in the file, or the names of files that hold one. */
export interface ParamsModel {
  values: JsonObject;
  files: Located<string>[];
}

/** One entry of a section: `range` covers all of it, `nameRange` its key. */
export interface NamedModel {
  name: string;
  nameRange: Range;
  range: Range;
  /** a syntax error lies within: what was read of it is a guess */
  damaged: boolean;
}

export interface StepModel extends NamedModel {
  /** null while neither `uses` nor `run` has been written */
  kind: 'uses' | 'run' | null;
  uses: Located<string> | null;
  run: Located<string> | null;
  /** as written: expressions are still in it; planOf fills them in */
  with: JsonObject;
  /** where the keys of `with` that are paths of a built-in step have their values */
  pathRanges: Record<string, Range>;
  deps: Located<string>[];
  outs: Located<string>[];
  needs: Located<string>[];
  /** names of params that the step depends on */
  params: Located<string>[];
  env: Record<string, string>;
  /** files of numbers and of curves, in DVC's way: outs that are read once the step has ended */
  metrics: Located<string>[];
  plots: Located<string>[];
  /** `if` as written, a plain `false` as a text; null where there is none */
  condition: string | null;
  matrix: MatrixModel | null;
  /** which variant is the best: `maximize f1_macro` */
  best: Located<string> | null;
  /** `retry`, `timeout`, `resources` and `executor` as written */
  running: JsonObject;
  /** `folds` as written, and the file whose rows they divide; null where there are none */
  folds: { settings: JsonObject; data: Located<string> | null } | null;
}

/** `matrix` as written, expressions still in it. */
export interface MatrixModel {
  /** where its key stands */
  range: Range;
  /** its keys in their order, settings among them; a text: one expression that gives them all */
  entries: readonly (readonly [key: string, value: JsonValue])[] | string;
}

export interface EndpointModel extends NamedModel {
  /** as `parseModelRef` reads it */
  model: Located<string> | null;
}

export interface MonitorModel extends NamedModel {
  endpoint: Located<string> | null;
  window: { last: number };
  everyMs: number;
  drift: { test: DriftTest; threshold: number; columns: string[] | null };
  /** where a breach is shown: the threshold's value, else `drift`, else the monitor's name */
  thresholdRange: Range;
}

export interface SweepModel extends NamedModel {
  /** as it stands; the grammar says what it may be */
  written: JsonObject;
}

export type DriftTest = 'auto' | 'ks' | 'chi_square' | 'psi';

/** What a monitor does when the file does not say. */
export const MONITOR_DEFAULTS = { last: 1000, everyMs: 30_000, test: 'auto', threshold: 0.1 } as const;

/** One thing to be run: a step, or a variant of a step with a `matrix`. Plain data, since plans are kept as JSON. */
export interface PlannedStep {
  /** that of its step, of a variant with its values: `train (3, gbdt)` */
  name: string;
  /** the step in crisol.yaml */
  of: string;
  /** the values of a variant; null where the step has no `matrix` */
  matrix: JsonObject | null;
  work: { kind: 'run'; command: string } | { kind: 'uses'; uses: BuiltInStep; with: JsonObject };
  /** paths it reads: `deps`, and the paths in `with` that are inputs */
  reads: string[];
  /** paths it writes: `outs`, `metrics` and `plots`, and the paths in `with` that are outputs */
  writes: string[];
  /** those of `writes` that hold metrics, and those that hold curves */
  metrics: string[];
  plots: string[];
  /** the planned steps it waits for: from `needs`, from paths and from expressions */
  needs: string[];
  params: string[];
  /** the file's `env` under the step's own */
  env: Record<string, string>;
  /** `if` as written; null: it runs when all that it needs has succeeded */
  condition: string | null;
  /** `backoffMs` is the first wait; each further one is twice as long */
  retry: { limit: number; backoffMs: number; on: RetryReason[] };
  timeoutMs: number | null;
  resources: { cpus: number; memoryBytes: number | null; gpus: number };
  executor: 'local' | 'ray';
  /** how it is cross-validated: it runs once a fold */
  folds: FoldSettings | null;
  /** how the variants of its step go together; null where there are none */
  group: { maxParallel: number | null; failFast: boolean } | null;
  /** something in it asks for what is known only once others have run: see `settleStep` */
  late: boolean;
}

export type RetryReason = 'failure' | 'timeout';

/** What expressions may know of a planned step that has ended. */
export interface StepResult {
  state: 'succeeded' | 'failed' | 'skipped' | 'cancelled';
  /** the last value of each */
  metrics: Readonly<Record<string, number>>;
}

/** By the names of planned steps. */
export type Results = Readonly<Record<string, StepResult>>;

export interface Plan {
  /** each after the steps it needs; as in the file where that leaves a choice */
  steps: PlannedStep[];
  /** the names along a circle, first one repeated at the end; null when there is none */
  cycle: string[] | null;
  /** expressions that could not be filled in, in words; a plan with problems must not run */
  problems: { step: string; message: string }[];
  /** what `settleStep` asks for, whatever becomes of the file */
  frozen: FrozenPlan;
}

/** Plain data, to be kept while a pipeline runs. */
export interface FrozenPlan {
  steps: PlannedStep[];
  /** what steps with conditions and late ones are made of; null where there are none */
  source: FrozenSource | null;
}

interface FrozenSource {
  params: JsonObject;
  env: Record<string, string>;
  steps: FrozenStep[];
}

/** A step as it was written. */
export interface FrozenStep {
  name: string;
  uses: string | null;
  run: string | null;
  with: JsonObject;
  deps: string[];
  outs: string[];
  metrics: string[];
  plots: string[];
  params: string[];
  env: Record<string, string>;
  condition: string | null;
  best: string | null;
  running: JsonObject;
  folds: JsonObject | null;
  /** of its matrix, with their order; null without one */
  combinations: JsonObject[] | null;
}
