import type { Static } from 'typebox';
import { Type } from 'typebox';
import { STAGES } from '../model-ref.ts';
import { MetricNumber, Timestamp } from './common.ts';

export const Stage = Type.Enum(STAGES);
export type Stage = Static<typeof Stage>;

const KeyValue = Type.Object({ key: Type.String(), value: Type.String() });

export const ModelVersion = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  stage: Stage,
  created_at: Timestamp,
  created_by: Type.String(),
  description: Type.String(),
  run_id: Type.Union([Type.String(), Type.Null()]),
  /** the run's evaluation at registration, e.g. accuracy and f1_macro */
  metrics: Type.Record(Type.String(), MetricNumber),
  updated_at: Type.Optional(Timestamp),
  /** when it came to its stage */
  stage_since: Type.Optional(Timestamp),
  /** what it was registered from, as a script says it */
  source: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  /** where its files are loaded from; null when they are our own copy, which endpoints can serve */
  location: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  /** the model that a run logged and that was registered as this version */
  model_id: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  tags: Type.Optional(Type.Array(KeyValue)),
});
export type ModelVersion = Static<typeof ModelVersion>;

/** A name for one version: `champion`. */
export const ModelAlias = Type.Object({ alias: Type.String(), version: Type.Integer({ minimum: 1 }) });
export type ModelAlias = Static<typeof ModelAlias>;

/** How many versions stand in each stage. */
export const VersionCounts = Type.Record(Stage, Type.Integer({ minimum: 0 }));
export type VersionCounts = Static<typeof VersionCounts>;

export const Model = Type.Object({
  name: Type.String(),
  description: Type.String(),
  created_at: Type.Optional(Timestamp),
  updated_at: Timestamp,
  tags: Type.Optional(Type.Array(KeyValue)),
  aliases: Type.Optional(Type.Array(ModelAlias)),
  /** newest first */
  versions: Type.Array(ModelVersion),
  /** all there are: given where `versions` are only the newest of each stage */
  in_stages: Type.Optional(VersionCounts),
});
export type Model = Static<typeof Model>;

/** `GET /models`; with `?newest=3` each with only so many versions of a stage */
export const ModelList = Type.Object({ models: Type.Array(Model) });
export type ModelList = Static<typeof ModelList>;

/** `GET /models/:name/versions?stage=…&before=…&limit=…`: of one stage, newest first. */
export const VersionsQuery = Type.Object({
  stage: Stage,
  /** only older ones than this version */
  before: Type.Optional(Type.Integer({ minimum: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
});
export const VersionPage = Type.Object({ versions: Type.Array(ModelVersion) });
export type VersionPage = Static<typeof VersionPage>;

/** `POST /models/:name/versions`: the folder holds model.onnx, signature.json, reference.json (schemas/model.ts). */
export const RegisterRequest = Type.Object({
  folder: Type.String({ description: 'absolute, inside the workspace; its files are copied into the store' }),
  run_id: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  stage: Type.Optional(Stage),
  metrics: Type.Optional(Type.Record(Type.String(), MetricNumber)),
});
export type RegisterRequest = Static<typeof RegisterRequest>;

/** `POST /models/:name/versions/:version/promote` */
export const PromoteRequest = Type.Object({
  to: Stage,
  reason: Type.String({ maxLength: 2000 }),
  dry_run: Type.Optional(Type.Boolean()),
});
export type PromoteRequest = Static<typeof PromoteRequest>;

export const PromotionCheck = Type.Object({
  name: Type.String(),
  ok: Type.Boolean(),
  detail: Type.String(),
  /** a promotion is refused while it fails; the other checks only advise */
  blocking: Type.Boolean(),
});
export type PromotionCheck = Static<typeof PromotionCheck>;

export const Promotion = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  from: Stage,
  stage: Stage,
  dry_run: Type.Boolean(),
  checks: Type.Array(PromotionCheck),
  /** sentences: what this does, or would do, besides: "v1 leaves production and is archived" */
  effects: Type.Array(Type.String()),
});
export type Promotion = Static<typeof Promotion>;

/** `GET /models/:name/history`: who moved what, when and why. */
export const StageChange = Type.Object({
  version: Type.Integer(),
  from: Stage,
  to: Stage,
  reason: Type.String(),
  by: Type.String(),
  at: Timestamp,
});
export type StageChange = Static<typeof StageChange>;
export const StageHistory = Type.Object({ changes: Type.Array(StageChange) });
export type StageHistory = Static<typeof StageHistory>;
