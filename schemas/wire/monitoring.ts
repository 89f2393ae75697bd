import type { Static } from 'typebox';
import { Type } from 'typebox';
import { Timestamp } from './common.ts';

/** Reference and current counts over the same bins: edges for numbers, labels for categories. */
export const ColumnBins = Type.Object({
  labels: Type.Array(Type.String()),
  reference: Type.Array(Type.Integer()),
  current: Type.Array(Type.Integer()),
});
export type ColumnBins = Static<typeof ColumnBins>;

export const ColumnState = Type.Union([Type.Literal('ok'), Type.Literal('drift'), Type.Literal('unknown')]);
export type ColumnState = Static<typeof ColumnState>;

const MaybeNumber = Type.Union([Type.Number(), Type.Null()]);

export const ColumnDrift = Type.Object({
  name: Type.String(),
  kind: Type.Union([Type.Literal('number'), Type.Literal('category')]),
  state: ColumnState,
  /** why it is unknown (constant, empty, too few rows), or which categories are new; empty otherwise */
  note: Type.String(),
  test: Type.Union([Type.Literal('ks'), Type.Literal('chi_square'), Type.Literal('psi')]),
  statistic: MaybeNumber,
  p_value: MaybeNumber,
  /** what `threshold` is compared with: KS' own statistic, or PSI */
  effect: MaybeNumber,
  effect_name: Type.String(),
  threshold: Type.Number(),
  psi: MaybeNumber,
  reference_rows: Type.Integer(),
  current_rows: Type.Integer(),
  bins: Type.Union([ColumnBins, Type.Null()]),
});
export type ColumnDrift = Static<typeof ColumnDrift>;

export const MonitorState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('ok'),
  Type.Literal('drift'),
  Type.Literal('failed'),
]);
export type MonitorState = Static<typeof MonitorState>;

/** The tree needs only this. */
export const MonitorSummary = Type.Object({
  name: Type.String(),
  endpoint: Type.String(),
  state: MonitorState,
  /** one sentence: "2 of 11 columns drifted in the last 1,000 requests; most: home_form" */
  sentence: Type.String(),
  drifted: Type.Array(
    Type.Object({
      name: Type.String(),
      test: Type.String(),
      effect: Type.Number(),
      threshold: Type.Number(),
      p_value: Type.Optional(MaybeNumber),
    }),
  ),
  columns: Type.Integer(),
  rows: Type.Integer(),
  at: Type.Union([Timestamp, Type.Null()]),
});
export type MonitorSummary = Static<typeof MonitorSummary>;

export const DriftReport = Type.Object({
  ...MonitorSummary.properties,
  model: Type.Union([Type.String(), Type.Null()]),
  version: Type.Union([Type.Integer(), Type.Null()]),
  threshold: Type.Number(),
  /** share of columns that drifted */
  share: Type.Number(),
  /** most drifted first */
  column_reports: Type.Array(ColumnDrift),
  /** the share over time, oldest first */
  history: Type.Array(
    Type.Object({ at: Timestamp, share: Type.Number(), effects: Type.Record(Type.String(), Type.Number()) }),
  ),
});
export type DriftReport = Static<typeof DriftReport>;

/** `GET /monitors` */
export const MonitorList = Type.Object({ monitors: Type.Array(MonitorSummary) });
export type MonitorList = Static<typeof MonitorList>;
