import type { Static } from 'typebox';
import { Type } from 'typebox';

/** `POST /api/crisol/v1/gc`: removes for good what was deleted before, and forgets results of steps that nobody will ask for. */
export const GcRequest = Type.Object({
  dry_run: Type.Optional(Type.Boolean({ description: 'says what would go, and removes nothing' })),
  keep_results: Type.Optional(Type.Integer({ minimum: 1, description: 'of each step so many of the newest; 10' })),
  keep_days: Type.Optional(Type.Number({ minimum: 0, description: 'results that were used so lately; 30' })),
  keep_log_megabytes: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, description: 'of what steps printed; as the daemon was told' }),
  ),
  older_than_ms: Type.Optional(Type.Integer({ minimum: 0, description: 'only what was deleted so long ago; 0' })),
});
export type GcRequest = Static<typeof GcRequest>;

export const GcItem = Type.Object({
  kind: Type.Union([Type.Literal('runs'), Type.Literal('models'), Type.Literal('experiments')]),
  id: Type.String(),
  name: Type.String(),
  /** of its artifacts, whoever else has the same */
  files: Type.Integer(),
  bytes: Type.Integer(),
});
export type GcItem = Static<typeof GcItem>;

const Usage = Type.Object({ files: Type.Integer(), bytes: Type.Integer() });

export const GcReport = Type.Object({
  dry_run: Type.Boolean(),
  runs: Type.Integer(),
  models: Type.Integer(),
  experiments: Type.Integer(),
  /** of steps: forgotten, with the outs that only they had */
  results: Type.Integer(),
  /** outputs of steps that were shortened or given up */
  logs: Type.Optional(Type.Integer()),
  /** the first thousand of them */
  items: Type.Array(GcItem),
  /** deleted, but versions of registered models have their files there */
  kept: Type.Array(GcItem),
  /** what the disk wins back: contents that nothing names any more */
  freed: Usage,
});
export type GcReport = Static<typeof GcReport>;
