import type { Static } from 'typebox';
import { Type } from 'typebox';
import { MetricNumber, Timestamp, WholeNumber, WorkState } from './common.ts';
import { Stage } from './registry.ts';
import { LoggedModel, MetricPoint } from './tracking.ts';

/** What another tracking store holds, as it is handed to the daemon piece by piece. Saying the same again changes nothing. */
const KeyValue = Type.Object({ key: Type.String(), value: Type.String() });
/** More than any store has that MLflow wrote. */
const MANY = { maxItems: 20_000 };
const KeyValues = Type.Array(KeyValue, MANY);
const Name = Type.String({ minLength: 1 });
/** It becomes part of paths, and must mean no folder that is another's: a dot, or where an experiment keeps its models. */
const Id = Type.String({ pattern: '^(?!(?:\\.+|models)$)[\\w.-]{1,64}$' });

/** `POST /import/experiments`: one of the same name takes it in. */
export const ImportExperiment = Type.Object({
  name: Name,
  created_at: Timestamp,
  updated_at: Timestamp,
  deleted: Type.Boolean(),
  /** of artifacts that stay where they are, such as a bucket */
  artifact_location: Type.Union([Type.String(), Type.Null()]),
  tags: KeyValues,
});
export type ImportExperiment = Static<typeof ImportExperiment>;

export const ImportedExperiment = Type.Object({
  experiment_id: Type.String(),
  is_new: Type.Boolean(),
  /** null: its runs keep their artifacts here */
  artifact_location: Type.Union([Type.String(), Type.Null()]),
});
export type ImportedExperiment = Static<typeof ImportedExperiment>;

/** `POST /import/known`: which of these runs and logged models need not be brought any more. */
export const ImportIds = Type.Object({ ids: Type.Array(Id, { maxItems: 1000 }) });
export type ImportIds = Static<typeof ImportIds>;

const Dataset = Type.Object({
  name: Type.String(),
  digest: Type.String(),
  source_type: Type.String(),
  source: Type.String(),
  schema: Type.Optional(Type.String()),
  profile: Type.Optional(Type.String()),
});
const DatasetInput = Type.Object({
  dataset: Dataset,
  context: Type.Optional(Type.String()),
  tags: KeyValues,
});

/** `POST /import/runs`: a run without its points. */
export const ImportRun = Type.Object({
  run_id: Id,
  experiment_id: Type.String(),
  name: Type.String(),
  user: Type.String(),
  state: WorkState,
  started_at: Timestamp,
  ended_at: Type.Union([Timestamp, Type.Null()]),
  params: KeyValues,
  tags: KeyValues,
  datasets: Type.Array(DatasetInput, MANY),
  input_models: Type.Array(Id, MANY),
  output_models: Type.Array(Type.Object({ model_id: Id, step: WholeNumber }), MANY),
});
export type ImportRun = Static<typeof ImportRun>;

/** `new`; `continued`, as the last import did not come to its end; `known`: nothing is to be done. */
export const ImportState = Type.Enum(['new', 'continued', 'known']);
export type ImportState = Static<typeof ImportState>;
/** `artifact_path`: where its files are to be put among the artifacts */
export const Imported = Type.Object({ state: ImportState, artifact_path: Type.String() });
export type Imported = Static<typeof Imported>;

/** `POST /import/runs/:run_id/points` */
export const ImportPoints = Type.Object({
  series: Type.Array(Type.Object({ key: Name, points: Type.Array(MetricPoint, { maxItems: 10_000 }) }), MANY),
});
export type ImportPoints = Static<typeof ImportPoints>;
export const ImportedPoints = Type.Object({ added: Type.Integer() });
export type ImportedPoints = Static<typeof ImportedPoints>;

/** `POST /import/runs/:run_id/complete`: all of it is here. */
export const ImportComplete = Type.Object({ deleted: Type.Boolean() });
export type ImportComplete = Static<typeof ImportComplete>;

const ModelMetric = Type.Object({
  key: Name,
  value: MetricNumber,
  step: WholeNumber,
  timestamp: Timestamp,
  run_id: Id,
  dataset: Type.Optional(Type.Object({ name: Type.String(), digest: Type.String() })),
});

/** `POST /import/logged-models` */
export const ImportLoggedModel = Type.Object({
  ...LoggedModel.properties,
  model_id: Id,
  deleted: Type.Boolean(),
  params: KeyValues,
  tags: KeyValues,
  metrics: Type.Array(ModelMetric, MANY),
});
export type ImportLoggedModel = Static<typeof ImportLoggedModel>;

/** Where the files of a version are: among what a run or a logged model keeps, or elsewhere. */
const VersionFiles = Type.Union([
  Type.Object({ of: Type.Literal('run'), run_id: Id, path: Type.String() }),
  Type.Object({ of: Type.Literal('logged-model'), model_id: Id, path: Type.String() }),
  Type.Object({ of: Type.Literal('uri'), uri: Type.String() }),
]);
export type VersionFiles = Static<typeof VersionFiles>;

const Version = Type.Object({
  version: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
  stage: Stage,
  created_at: Timestamp,
  created_by: Type.String(),
  description: Type.String(),
  run_id: Type.Union([Type.String(), Type.Null()]),
  model_id: Type.Union([Type.String(), Type.Null()]),
  run_link: Type.String(),
  files: VersionFiles,
  tags: KeyValues,
});
export type ImportVersion = Static<typeof Version>;

/** `POST /import/models`: a registered model with all its versions. */
export const ImportModel = Type.Object({
  name: Name,
  description: Type.String(),
  created_at: Timestamp,
  tags: KeyValues,
  aliases: Type.Array(Type.Object({ alias: Name, version: Type.Integer() }), MANY),
  versions: Type.Array(Version, { maxItems: 100_000 }),
});
export type ImportModel = Static<typeof ImportModel>;

export const ImportedModel = Type.Object({
  is_new: Type.Boolean(),
  added: Type.Integer(),
  /** their numbers were taken here */
  renumbered: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer() })),
});
export type ImportedModel = Static<typeof ImportedModel>;

/** What an import has brought so far. */
export const ImportTally = Type.Object({
  experiments: Type.Integer(),
  /** of these, how many there were not before */
  new_experiments: Type.Integer(),
  /** how many there are in all */
  runs_total: Type.Integer(),
  /** new ones, and such as got more than they had */
  runs: Type.Integer(),
  /** nothing of them was missing */
  known_runs: Type.Integer(),
  /** they could not be read, or were refused */
  failed_runs: Type.Integer(),
  points: Type.Integer(),
  artifacts: Type.Integer(),
  bytes: Type.Integer(),
  logged_models: Type.Integer(),
  models: Type.Integer(),
  versions: Type.Integer(),
});
export type ImportTally = Static<typeof ImportTally>;

/** What `crisol import` tells whoever started it over a channel. */
export interface ImportProgress {
  type: 'import/progress';
  tally: ImportTally;
}

/** `crisol import mlruns --json` */
export const ImportResult = Type.Object({
  source: Type.String(),
  dry_run: Type.Boolean(),
  cancelled: Type.Boolean(),
  ...ImportTally.properties,
  /** what could not be brought, and why */
  problems: Type.Array(Type.Object({ path: Type.String(), reason: Type.String() })),
  /** how many more there were */
  problems_left_out: Type.Integer(),
});
export type ImportResult = Static<typeof ImportResult>;
