import type { JsonObject } from '../../schemas/language/json.ts';
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
  /**
   * Begins the trial. One that was begun under this id before, by this daemon or one before it, is found again instead: no trial
   * runs twice at once. Fails when the step cannot be run at all.
   */
  start(trial: TrialTask): Promise<StartedTrial>;
}

export interface TrialTask {
  /** unique, and the same after a restart */
  id: string;
  sweep: string;
  /** from 0 */
  number: number;
  step: string;
  /** values over those of crisol.yaml, by the names of params */
  params: JsonObject;
}

export interface StartedTrial {
  /** its run in tracking */
  runId: string;
  /** what it logs, from its beginning: points that were there before are told first */
  onMetric(listener: (point: MetricPoint) => void): Disposable;
  /** never fails: what went wrong is its state */
  ended: Promise<TrialEnd>;
  /** ends it whole; it then ends as `cancelled` */
  stop(): void;
}

export interface MetricPoint {
  metric: string;
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
