import type { Static } from 'typebox';
import { Type } from 'typebox';

/** `GET /artifacts/table?path`: the beginning of a Parquet file; `path` is that of the artifact store. */
export const ArtifactTable = Type.Object({
  columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() })),
  /** as texts, long ones cut off; null where nothing is */
  rows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Null()]))),
  total_rows: Type.Integer(),
  total_columns: Type.Integer(),
});
export type ArtifactTable = Static<typeof ArtifactTable>;
