import type { JsonObject, JsonValue } from '../../schemas/language/json.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import type { Seal, Store } from '../store/index.ts';

export interface SweepDeps {
  store: Store;
  seal: Seal;
  clock: Clock;
  logger: Logger;
  random: RandomBytes;
  runner: TrialRunner;
}

/** Carries trials out: a step with other params. Nothing of processes, runs of pipelines or folders is known here. */
export interface TrialRunner {
  /** What trials are made of, whatever becomes of crisol.yaml: plain data, which is kept. Throws where the step cannot be tried. */
  ground(request: GroundRequest): unknown;
  /** Before the first trial, also of a sweep that is gone on with: answers its run in tracking. Fails in words, and tells what trials wait for. */
  open(
    sweep: { id: string; name: string; ground: unknown },
    options: { signal: AbortSignal; tell(words: string): void },
  ): Promise<{ runId: string }>;
  /** After its last trial; `metrics` of the best. */
  close(id: string, state: TrialEnd['state'], metrics: Record<string, number>): Promise<void>;
  /** It came with the folder, and nobody goes on with it. */
  giveUp(id: string): Promise<void>;
  /**
   * Begins the trial. One that was begun under this id before, by this daemon or one before it, is found again instead: no trial
   * runs twice at once. Fails when the step cannot be run at all.
   */
  start(trial: TrialTask): Promise<StartedTrial>;
}

export interface GroundRequest {
  step: string;
  /** of each param two values that it may have */
  samples: Readonly<Record<string, readonly [JsonValue, JsonValue]>>;
  /** other values for params that are not varied, as texts */
  given: Record<string, string>;
}

export interface TrialTask {
  /** unique, and the same after a restart */
  id: string;
  sweepId: string;
  /** from 0 */
  number: number;
  /** values over those of crisol.yaml, by the names of params */
  params: JsonObject;
  /** of the goal: what it is listened to for */
  metric: string;
}

export interface StartedTrial {
  /** its run in tracking: another one with each attempt at its step */
  readonly runId: string;
  /** what it logs of the goal's metric, from its beginning: points that were there before are told first */
  onPoint(listener: (point: Point) => void): Disposable;
  /** never fails: what went wrong is its state */
  ended: Promise<TrialEnd>;
  /** ends it whole; it then ends as `cancelled` */
  stop(): void;
  /** as `stop`; its run says that it had come to this step and was without hope */
  prune(step: number): void;
}

export interface Point {
  step: number;
  value: number;
}

export interface TrialEnd {
  state: 'succeeded' | 'failed' | 'cancelled';
  /** the last value of each metric */
  metrics: Readonly<Record<string, number>>;
  /** in words, unless it succeeded */
  reason?: string;
}
