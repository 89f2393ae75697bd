import type { Static } from 'typebox';
import { Type } from 'typebox';
import { Timestamp } from './common.ts';

/** `POST /pipelines/why`: a step, of whose variants each is told, or one of them. */
export const WhyRequest = Type.Object({
  step: Type.String(),
  /** overrides, as for a run */
  params: Type.Optional(Type.Record(Type.String(), Type.String())),
});

const Text = Type.Union([Type.String(), Type.Null()]);

const WhyChange = Type.Object({
  /** of docs/caching.md */
  rule: Type.String(),
  /** such as `params.l2` */
  what: Type.String(),
  before: Text,
  after: Text,
  /** all of it, such as `params.l2: 1 → 100` */
  words: Type.String(),
});

/** What would become of a step if it ran now, with all that it needs as it is. */
export const StepWhy = Type.Object({
  name: Type.String(),
  would: Type.Union([
    Type.Literal('run'),
    Type.Literal('restore'),
    Type.Literal('nothing'),
    Type.Literal('skip'),
    Type.Literal('fail'),
  ]),
  reason: Type.String(),
  /** the nearest cause first */
  changes: Type.Array(WhyChange),
  /** what it gave last; null when that is not known here */
  last: Type.Union([
    Type.Object({
      run_id: Type.String(),
      recorded_at: Timestamp,
      seconds: Type.Union([Type.Number(), Type.Null()]),
    }),
    Type.Null(),
  ]),
  /** its newest success, if that gave no result that could be found again */
  not_kept: Type.Optional(
    Type.Object({
      run_id: Type.String(),
      ended_at: Type.Union([Timestamp, Type.Null()]),
      /** why, in words */
      reason: Type.String(),
    }),
  ),
});
export type StepWhy = Static<typeof StepWhy>;

export const WhyAnswer = Type.Object({
  steps: Type.Array(StepWhy),
  /** why crisol.lock is not written, and what to do */
  lock_problem: Text,
});
export type WhyAnswer = Static<typeof WhyAnswer>;
