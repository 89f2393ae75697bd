import type { JsonObject, JsonValue } from '../../../schemas/language/json.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { RunPlan } from '../runs/repository.ts';

/** What the trials of a sweep are made of, whatever becomes of crisol.yaml. Plain data: who keeps it seals it, for it holds commands. */
export interface Ground {
  step: string;
  pipeline: string;
  /** all steps, as they are without the params of a trial */
  plan: RunPlan;
  /** the files that hold params: each trial finds its own values in them */
  paramsFiles: string[];
}

export interface GroundRequest {
  step: string;
  /** of each param that is varied two values that it may have: what they change is seen before anything runs */
  samples: Readonly<Record<string, readonly [JsonValue, JsonValue]>>;
  /** other values for params, as texts */
  given: Record<string, string>;
}

export interface TriedSweep {
  id: string;
  /** in crisol.yaml */
  name: string;
  ground: Ground;
}

export interface Opening {
  signal: AbortSignal;
  /** what its trials wait for, in words */
  tell(words: string): void;
}

export interface TrialRequest {
  /** unique, and the same after a restart */
  id: string;
  sweepId: string;
  number: number;
  params: JsonObject;
  /** which is listened to */
  metric: string;
}

export interface Point {
  step: number;
  value: number;
}

export interface TrialOutcome {
  state: 'succeeded' | 'failed' | 'cancelled';
  /** the last value of each metric */
  metrics: Record<string, number>;
  /** in words, unless it succeeded */
  reason?: string;
}

export interface TrialHandle {
  readonly runId: string;
  onPoint(listener: (point: Point) => void): Disposable;
  readonly ended: Promise<TrialOutcome>;
  stop(): void;
  /** as `stop`; its run says that it had come to this step and was without hope */
  prune(step: number): void;
}

/** Runs in tracking: one of the sweep, and below it one of each attempt at a trial. */
export interface TrialTracking {
  startSweep(sweep: { pipeline: string; name: string; step: string }): Promise<string>;
  startTrial(trial: {
    pipeline: string;
    parent: string;
    sweep: string;
    step: string;
    number: number;
    params: JsonObject;
  }): Promise<string>;
  /** a sweep that is gone on with */
  reopen(runId: string): Promise<unknown>;
  log(runId: string, metrics: Record<string, number>): Promise<unknown>;
  /** it is ended early, at this step */
  prune(runId: string, step: number): Promise<unknown>;
  /** of a sweep, with what below it never came to an end */
  finishWhole(runId: string, state: TrialOutcome['state']): Promise<unknown>;
  /** what it has logged before is told first */
  follow(runId: string, metric: string, listener: (point: Point) => void): Disposable;
}
