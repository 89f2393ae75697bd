import type { Static } from 'typebox';
import { Type } from 'typebox';
import { Timestamp, WorkState } from './common.ts';
import { PipelineRun } from './pipelines.ts';

export const TriggerKind = Type.Union([
  Type.Literal('schedule'),
  Type.Literal('data'),
  Type.Literal('drift'),
  Type.Literal('manual'),
]);
export type TriggerKind = Static<typeof TriggerKind>;

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);

/**
 * What became of one occasion: a due time, a change of data, a drift, a request. It is `waiting` for the run before or for
 * room, `running`, and `ended` as its run did; `skipped`, `missed` and `failed` never became a run.
 */
export const FiringState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('running'),
  Type.Literal('ended'),
  Type.Literal('skipped'),
  Type.Literal('missed'),
  Type.Literal('failed'),
]);
export type FiringState = Static<typeof FiringState>;

export const Firing = Type.Object({
  id: Type.String(),
  /** the trigger's name */
  trigger: Type.String(),
  state: FiringState,
  /** when it was noticed */
  at: Timestamp,
  /** of a schedule: the time by the clock that it stands for */
  due_at: OrNull(Timestamp),
  /** how many occasions it stands for: several missed times are told as one */
  count: Type.Integer(),
  run_id: OrNull(Type.String()),
  /** how its run ended */
  result: OrNull(WorkState),
  /** why it waits, was skipped, missed or failed, in words */
  reason: Type.String(),
});
export type Firing = Static<typeof Firing>;

/** A param that whoever asks may set. */
export const TriggerInput = Type.Object({
  name: Type.String(),
  type: Type.Union([
    Type.Literal('string'),
    Type.Literal('number'),
    Type.Literal('boolean'),
    Type.Literal('choice'),
    Type.Null(),
  ]),
  description: Type.String(),
  required: Type.Boolean(),
  /** null: none but the param's own value */
  default: Type.Unknown(),
  options: Type.Array(Type.Unknown()),
});
export type TriggerInput = Static<typeof TriggerInput>;

/** Whether it acts by itself: `held` until the user has run something in this folder, `problem` when it cannot. */
export const TriggerState = Type.Union([
  Type.Literal('active'),
  Type.Literal('paused'),
  Type.Literal('held'),
  Type.Literal('problem'),
]);
export type TriggerState = Static<typeof TriggerState>;

export const TriggerSummary = Type.Object({
  name: Type.String(),
  kind: TriggerKind,
  /** "every day 03:00", "when matches changes", "when outcome-drift finds drift", "when asked" */
  when: Type.String(),
  state: TriggerState,
  /** why it is held, or what is wrong; empty otherwise */
  reason: Type.String(),
  /** of a schedule: when it runs next, and by the clock of which zone */
  next_at: OrNull(Timestamp),
  timezone: OrNull(Type.String()),
  /** the newest occasion; null before the first */
  last: OrNull(Firing),
  description: Type.String(),
  /** what a request may set; null: any param */
  inputs: OrNull(Type.Array(TriggerInput)),
});
export type TriggerSummary = Static<typeof TriggerSummary>;

/** `GET /triggers`, and `POST /triggers` with `{"act": true}`: the user lets them act by themselves in this folder. */
export const TriggerList = Type.Object({ triggers: Type.Array(TriggerSummary) });
export type TriggerList = Static<typeof TriggerList>;

export const ActRequest = Type.Object({ act: Type.Literal(true) });

/** `GET /triggers/:name`: the newest occasions first */
export const TriggerDetail = Type.Object({ trigger: TriggerSummary, firings: Type.Array(Firing) });
export type TriggerDetail = Static<typeof TriggerDetail>;

/**
 * `POST /triggers/:name`. A request that is sent again with the same key (here, or in the header `Idempotency-Key`) runs
 * nothing again: it is answered with what became of the first.
 */
export const FireTrigger = Type.Object({
  /** dotted names and their values: {"train.lr": 0.1} */
  params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  idempotency_key: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});
export type FireTrigger = Static<typeof FireTrigger>;

/** The run is null while it waits for another one: follow the topic `triggers`. */
export const FireAnswer = Type.Object({
  firing: Firing,
  run: OrNull(PipelineRun),
  /** this had been asked before with the same key */
  repeated: Type.Boolean(),
});
export type FireAnswer = Static<typeof FireAnswer>;
