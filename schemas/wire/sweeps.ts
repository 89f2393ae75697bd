import type { Static } from 'typebox';
import { Type } from 'typebox';
import { MetricNumber, Timestamp, WorkState } from './common.ts';

/** One try of a sweep. */
export const SweepTrial = Type.Object({
  /** from 0, in the order in which they began */
  number: Type.Integer(),
  /** `pruned`: ended early, since others were better at the same step */
  state: Type.Union([
    Type.Literal('running'),
    Type.Literal('complete'),
    Type.Literal('pruned'),
    Type.Literal('failed'),
    Type.Literal('cancelled'),
  ]),
  params: Type.Record(Type.String(), Type.Unknown()),
  /** of the goal's metric */
  value: Type.Union([MetricNumber, Type.Null()]),
  run_id: Type.Union([Type.String(), Type.Null()]),
  started_at: Timestamp,
  ended_at: Type.Union([Timestamp, Type.Null()]),
  /** why it failed, in words */
  reason: Type.Union([Type.String(), Type.Null()]),
});
export type SweepTrial = Static<typeof SweepTrial>;

export const SweepSummary = Type.Object({
  sweep_id: Type.String(),
  /** in crisol.yaml */
  name: Type.String(),
  step: Type.String(),
  goal: Type.String(),
  state: WorkState,
  /** why it ended, in words; empty while it runs */
  reason: Type.String(),
  /** what keeps its trials from beginning just now, in words */
  waits_for: Type.Optional(Type.String()),
  started_at: Timestamp,
  ended_at: Type.Union([Timestamp, Type.Null()]),
  /** how many at most; null: until nothing is left to try */
  trials: Type.Union([Type.Integer(), Type.Null()]),
  /** how many at the same time */
  parallel: Type.Integer(),
  /** its run in tracking, which has those of its trials below it; null before it has begun */
  run_id: Type.Union([Type.String(), Type.Null()]),
  counts: Type.Object({
    running: Type.Integer(),
    complete: Type.Integer(),
    pruned: Type.Integer(),
    failed: Type.Integer(),
    cancelled: Type.Integer(),
  }),
  best: Type.Union([SweepTrial, Type.Null()]),
});
export type SweepSummary = Static<typeof SweepSummary>;

/** As it stands in crisol.yaml. */
export const ConfiguredSweep = Type.Object({ name: Type.String(), step: Type.String(), goal: Type.String() });
export type ConfiguredSweep = Static<typeof ConfiguredSweep>;

/** `GET /sweeps`: those that ran, the newest first, and those that could run. */
export const SweepList = Type.Object({
  sweeps: Type.Array(SweepSummary),
  configured: Type.Array(ConfiguredSweep),
});
export type SweepList = Static<typeof SweepList>;

/** `GET /sweeps/:id` */
export const SweepDetail = Type.Object({ sweep: SweepSummary, trials: Type.Array(SweepTrial) });
export type SweepDetail = Static<typeof SweepDetail>;

const Amount = {
  trials: Type.Optional(
    Type.Integer({ minimum: 1, description: 'how many at most, in place of what crisol.yaml says' }),
  ),
  parallel: Type.Optional(Type.Integer({ minimum: 1, description: 'how many at the same time' })),
};

/** `POST /sweeps` answers a SweepSummary at once; follow it on the topic `sweep:ID`. */
export const StartSweep = Type.Object({
  name: Type.String({ description: 'of the sweep in crisol.yaml' }),
  ...Amount,
  params: Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: 'other values for params that are not varied' }),
  ),
});
export type StartSweep = Static<typeof StartSweep>;

/** `POST /sweeps/:id/resume`: what was cancelled is tried again; with more `trials`, one that is done goes on, too. */
export const ResumeSweep = Type.Object(Amount);
export type ResumeSweep = Static<typeof ResumeSweep>;
