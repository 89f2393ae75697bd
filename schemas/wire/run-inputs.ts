import type { Static } from 'typebox';
import { Type } from 'typebox';

/** A dataset as one run read it. */
export const RunDataset = Type.Object({
  name: Type.String(),
  /** another digest is other data */
  digest: Type.String(),
  source_type: Type.String(),
  source: Type.String(),
  /** what for, such as `training`; null when the script did not say */
  context: Type.Union([Type.String(), Type.Null()]),
  /** JSON of the script's own making */
  schema: Type.Optional(Type.String()),
  profile: Type.Optional(Type.String()),
});
export type RunDataset = Static<typeof RunDataset>;

/** `GET /runs/:run_id/inputs` */
export const RunInputs = Type.Object({ datasets: Type.Array(RunDataset), model_ids: Type.Array(Type.String()) });
export type RunInputs = Static<typeof RunInputs>;
