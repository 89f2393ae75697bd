import type { Static } from 'typebox';
import { Type } from 'typebox';
import { Timestamp, WorkState } from './common.ts';

export const StepRun = Type.Object({
  name: Type.String(),
  state: WorkState,
  cached: Type.Boolean(),
  /** why it ran, was skipped or failed, in words */
  reason: Type.String(),
  started_at: Type.Union([Timestamp, Type.Null()]),
  seconds: Type.Union([Type.Number(), Type.Null()]),
  /** the last lines of its output, once it failed */
  tail: Type.Optional(Type.String()),
});
export type StepRun = Static<typeof StepRun>;

/** One execution of crisol.yaml's steps. `run_id` is also the run in tracking that its steps log to. */
export const PipelineRun = Type.Object({
  run_id: Type.String(),
  pipeline: Type.String(),
  name: Type.String(),
  state: WorkState,
  started_at: Timestamp,
  ended_at: Type.Union([Timestamp, Type.Null()]),
  steps: Type.Array(StepRun),
});
export type PipelineRun = Static<typeof PipelineRun>;

/** `POST /pipelines/runs` answers a PipelineRun at once; follow it on the topic `pipelines`. */
export const StartPipeline = Type.Object({
  steps: Type.Optional(Type.Array(Type.String(), { description: 'these and what they need; all without it' })),
  from: Type.Optional(
    Type.Array(Type.String(), { description: 'these and all that wait for them; what they need is taken as it is' }),
  ),
  /** overrides, dotted: {"train.learning_rate": "0.1"} */
  params: Type.Optional(Type.Record(Type.String(), Type.String())),
});
export type StartPipeline = Static<typeof StartPipeline>;

/** `GET /pipelines`: the plan in crisol.yaml as it is now, and the newest runs. */
export const PipelineOverview = Type.Object({
  name: Type.Union([Type.String(), Type.Null()]),
  steps: Type.Array(Type.Object({ name: Type.String(), needs: Type.Array(Type.String()) })),
  /** set when crisol.yaml is missing or wrong: what to mend */
  problem: Type.Union([Type.String(), Type.Null()]),
  runs: Type.Array(PipelineRun),
});
export type PipelineOverview = Static<typeof PipelineOverview>;

/** `GET /pipelines/runs/:run_id/logs/:step?offset=N` */
export const StepLog = Type.Object({ text: Type.String(), next_offset: Type.Integer() });
export type StepLog = Static<typeof StepLog>;
