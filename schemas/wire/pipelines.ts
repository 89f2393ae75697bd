import type { Static } from 'typebox';
import { Type } from 'typebox';
import { Timestamp, WorkState } from './common.ts';

/** One of the times that a cross-validated step runs. */
export const FoldRun = Type.Object({
  /** from 1 */
  number: Type.Integer(),
  state: WorkState,
  /** its run in tracking, which its output is kept by; null before it begins */
  run_id: Type.Union([Type.String(), Type.Null()]),
  started_at: Type.Optional(Timestamp),
  /** once it has ended */
  seconds: Type.Optional(Type.Number()),
});
export type FoldRun = Static<typeof FoldRun>;

export const StepRun = Type.Object({
  /** the step's name, or of a step with variants `train (3, gbdt)` */
  name: Type.String(),
  /** the step in crisol.yaml */
  of: Type.Optional(Type.String()),
  /** the values of this variant */
  matrix: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  /** the steps of this run that it waits for */
  needs: Type.Optional(Type.Array(Type.String())),
  state: WorkState,
  cached: Type.Boolean(),
  /** why it ran, was skipped or failed, in words */
  reason: Type.String(),
  /** what keeps it from starting just now, in words */
  waits_for: Type.Optional(Type.String()),
  started_at: Type.Union([Timestamp, Type.Null()]),
  ended_at: Type.Optional(Type.Union([Timestamp, Type.Null()])),
  seconds: Type.Union([Type.Number(), Type.Null()]),
  /** how often it was started, once it was */
  attempt: Type.Optional(Type.Integer()),
  /** the run in tracking that its script logs to, and that its output is kept by; of a cached step that in which it really ran */
  child_run_id: Type.Optional(Type.String()),
  /** of a step that is cross-validated */
  folds: Type.Optional(Type.Array(FoldRun)),
  /** as its output says, from 0 to 1 */
  progress: Type.Optional(Type.Object({ fraction: Type.Number(), text: Type.String() })),
  /** what is wrong with what it wrote, in words; it has not failed by that */
  note: Type.Optional(Type.String()),
  /** the last lines of its output, once it failed */
  tail: Type.Optional(Type.String()),
});
export type StepRun = Static<typeof StepRun>;

export const RunCause = Type.Object({
  kind: Type.Union([
    Type.Literal('manual'),
    Type.Literal('schedule'),
    Type.Literal('data'),
    Type.Literal('drift'),
    Type.Literal('trigger'),
    Type.Literal('sweep'),
  ]),
  /** of the schedule, dataset, monitor, trigger or sweep */
  name: Type.Optional(Type.String()),
  /** names the occasion: for each there is one run at most */
  key: Type.Optional(Type.String()),
});
export type RunCause = Static<typeof RunCause>;

/** A debugger for Python waits on this machine for a step to connect to it. */
export const StepDebugging = Type.Object({
  step: Type.String({ description: 'of a step with variants the first one, unless one is named' }),
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  /** a folder with debugpy, for a Python that has none */
  libraries: Type.Optional(Type.String()),
});
export type StepDebugging = Static<typeof StepDebugging>;

/** One execution of crisol.yaml's steps. `run_id` is also the run in tracking that its steps log to. */
export const PipelineRun = Type.Object({
  run_id: Type.String(),
  pipeline: Type.String(),
  name: Type.String(),
  state: WorkState,
  /** who or what began it; a person without it */
  cause: Type.Optional(RunCause),
  /** which Python its commands find, and why that one, in words */
  python: Type.Optional(Type.String()),
  /** what the user should know, such as why crisol.lock was not written */
  note: Type.Optional(Type.String()),
  /** its steps run even if there is a result already */
  forced: Type.Optional(Type.Boolean()),
  /** this step runs in any case, once, and for as long as it takes */
  debug: Type.Optional(StepDebugging),
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
  only: Type.Optional(Type.Boolean({ description: 'just those of `steps`: what they need is taken as it is' })),
  force: Type.Optional(Type.Boolean({ description: 'also what has a result already' })),
  debug: Type.Optional(StepDebugging),
  /** overrides, dotted: {"train.learning_rate": "0.1"} */
  params: Type.Optional(Type.Record(Type.String(), Type.String())),
});
export type StartPipeline = Static<typeof StartPipeline>;

/** `POST /pipelines/forecast`, with the body of a start: what would become of each step. */
export const StepForecast = Type.Object({
  name: Type.String(),
  would: Type.Union([
    Type.Literal('run'),
    Type.Literal('restore'),
    Type.Literal('nothing'),
    Type.Literal('skip'),
    Type.Literal('fail'),
    /** it depends on what others give */
    Type.Literal('unknown'),
  ]),
  reason: Type.String(),
});
export type StepForecast = Static<typeof StepForecast>;

export const PipelineForecast = Type.Object({ steps: Type.Array(StepForecast) });
export type PipelineForecast = Static<typeof PipelineForecast>;

/** A step as it would be carried out now. */
export const PlannedNode = Type.Object({
  name: Type.String(),
  of: Type.Optional(Type.String()),
  needs: Type.Array(Type.String()),
  reads: Type.Optional(Type.Array(Type.String())),
  writes: Type.Optional(Type.Array(Type.String())),
  /** a built-in step's name, else its command as it is written, with its expressions */
  uses: Type.Optional(Type.String()),
  command: Type.Optional(Type.String()),
  /** where it stands in crisol.yaml, from 1 */
  line: Type.Optional(Type.Integer()),
});
export type PlannedNode = Static<typeof PlannedNode>;

/** `GET /pipelines`: the plan in crisol.yaml as it is now, and the newest runs. */
export const PipelineOverview = Type.Object({
  name: Type.Union([Type.String(), Type.Null()]),
  steps: Type.Array(PlannedNode),
  /** set when crisol.yaml is missing or wrong: what to mend */
  problem: Type.Union([Type.String(), Type.Null()]),
  runs: Type.Array(PipelineRun),
});
export type PipelineOverview = Static<typeof PipelineOverview>;

/** `POST /pipelines/runs/:run_id/notice`: of all who would tell a person how it ended, the first is to. */
export const Notice = Type.Object({ yours: Type.Boolean() });
export type Notice = Static<typeof Notice>;

/** A place in what a step prints, in bytes. */
export const LogPlace = Type.Object({
  /** from there on; negative: so many from the end */
  offset: Type.Optional(Type.Integer()),
  /** the page that ends there */
  before: Type.Optional(Type.Integer({ minimum: 0 })),
  /** which attempt it is in; of another one the beginning is answered */
  attempt: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type LogPlace = Static<typeof LogPlace>;

/**
 * `GET /pipelines/runs/:run_id/logs/:step`: a page of what a step printed, cut between characters; one that is not asked for
 * from its beginning begins with a line. On the topic `log:RUN/STEP` the same comes as it is printed; `text` is empty there when it is
 * too much to be told, and `bytes` says how far it can be read.
 */
export const StepLog = Type.Object({
  /** what each attempt prints is counted from 0; 0: none has begun, or its result was known */
  attempt: Type.Integer(),
  /** where the text begins */
  offset: Type.Integer(),
  text: Type.String(),
  next_offset: Type.Integer(),
  /** all that was printed by now */
  bytes: Type.Integer(),
  /** nothing will follow after `next_offset` */
  ended: Type.Boolean(),
});
export type StepLog = Static<typeof StepLog>;

/** `GET /pipelines/runs/:run_id/logs/:step/search`: words in what a step printed, as people see it; large or small letters are the same. */
export const LogSearch = Type.Object({
  /** within one line */
  words: Type.String({ minLength: 1, maxLength: 1000, pattern: '^[^\\r\\n]+$' }),
  direction: Type.Union([Type.Literal('forward'), Type.Literal('backward')]),
  /** the lines that begin from this byte on are looked through; without it from the first */
  from: Type.Optional(Type.Integer({ minimum: 0 })),
  /** and before this one; without it to the last */
  to: Type.Optional(Type.Integer({ minimum: 0 })),
  /** which attempt these are in; of another one all is looked through */
  attempt: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type LogSearch = Static<typeof LogSearch>;

/** What a search has come to in a moment: it is gone on with by asking for what is left. */
export const LogFinding = Type.Object({
  attempt: Type.Integer(),
  /** all that was printed by now */
  bytes: Type.Integer(),
  /** where the first line with the words begins, in that direction; null: none yet */
  line: Type.Union([Type.Integer(), Type.Null()]),
  /** what is left: `from` of a search forward, `to` of one backward; null: nothing is, or it was found */
  next: Type.Union([Type.Integer(), Type.Null()]),
});
export type LogFinding = Static<typeof LogFinding>;
