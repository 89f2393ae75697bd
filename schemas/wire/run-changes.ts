import type { Static } from 'typebox';
import { Type } from 'typebox';

/** What a person changes of experiments and runs. Scripts do the same in MLflow's words. */

const Name = Type.Object({ name: Type.String() });
const RunIds = Type.Array(Type.String(), { minItems: 1, maxItems: 100_000 });

/** `POST /experiments`, `POST /experiments/:id/rename`, `POST /runs/:run_id/rename` */
export const Naming = Name;
export type Naming = Static<typeof Naming>;

/** `POST /runs/tags`; without a value the tag is removed */
export const RunTagChange = Type.Object({ run_ids: RunIds, key: Type.String(), value: Type.Optional(Type.String()) });
export type RunTagChange = Static<typeof RunTagChange>;

/** `POST /experiments/:experiment_id/tags`; without a value the tag is removed */
export const TagChange = Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) });
export type TagChange = Static<typeof TagChange>;

/** `POST /runs/delete`: `nested` takes along what stands below them */
export const DeleteRuns = Type.Object({ run_ids: RunIds, nested: Type.Optional(Type.Boolean()) });
export type DeleteRuns = Static<typeof DeleteRuns>;

/** `POST /runs/restore`, and the answer to `POST /runs/delete`: what went */
export const SomeRuns = Type.Object({ run_ids: Type.Array(Type.String(), { maxItems: 100_000 }) });
export type SomeRuns = Static<typeof SomeRuns>;

/** `POST /runs/move`: what stands below them comes along */
export const MoveRuns = Type.Object({ run_ids: RunIds, experiment_id: Type.String() });
export type MoveRuns = Static<typeof MoveRuns>;

export const MovedRuns = Type.Object({ moved: Type.Integer() });
export type MovedRuns = Static<typeof MovedRuns>;

/** `GET /runs/groups?experiment_id&by=params.lr&filter`: the largest first, those without it last */
export const RunGroups = Type.Object({
  groups: Type.Array(Type.Object({ value: Type.Union([Type.String(), Type.Null()]), runs: Type.Integer() })),
  /** there are others */
  more: Type.Boolean(),
});
export type RunGroups = Static<typeof RunGroups>;

/** `GET /experiments/:id/keys`: what its runs can be searched by */
export const SearchKeys = Type.Object({
  metrics: Type.Array(Type.String()),
  params: Type.Array(Type.String()),
  tags: Type.Array(Type.String()),
});
export type SearchKeys = Static<typeof SearchKeys>;

/** `GET /experiments/:id/values?kind&key`: the most frequent first */
export const SearchValues = Type.Object({ values: Type.Array(Type.String()) });
export type SearchValues = Static<typeof SearchValues>;
