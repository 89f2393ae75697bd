import type { JsonObject } from '../../../schemas/language/json.ts';
import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import type { PipelineRun, StepRun } from '../../../schemas/wire/pipelines.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { KnownResult, StepCache } from '../cache/index.ts';
import type { StepExecutor, StepTask } from '../executors/port.ts';
import type { FoldDoor, FoldFacts } from '../folds.ts';
import type { Settler } from '../planning/settler.ts';
import type { RunPlan } from '../runs/repository.ts';
import type { Leases } from './leases.ts';
import type { Pool } from './pool.ts';

/** A step of a run as it is kept: what is shown of it, and what is needed to go on with it. */
export interface KeptStep {
  run: StepRun;
  /** what it logged, once it has succeeded */
  metrics: Record<string, number>;
  /** null until its first attempt begins */
  begun: BegunStep | null;
}

export interface BegunStep {
  /** as it was before the attempt */
  key: KeyParts;
  /** how many attempts the machine lost, not the step itself */
  losses: number;
  /** numbers of the graphics processors that it uses */
  gpus?: readonly number[];
}

/** What a step logged when it ran, and to which run. */
export type Logged = Pick<KnownResult, 'runId' | 'metrics'>;

/** Runs in tracking: one below the pipeline's for each attempt. */
export interface StepTracking {
  startStep(run: PipelineRun, step: PlannedStep): Promise<string>;
  finish(childRunId: string, state: 'succeeded' | 'failed' | 'cancelled'): Promise<unknown>;
  /** the last value of each metric */
  metricsOf(childRunId: string): Record<string, number>;
  /** what a restored result had logged is the pipeline's, too */
  repeat(run: PipelineRun, step: PlannedStep, logged: Logged): Promise<unknown>;
  /** these are the last values of the pipeline's, whatever was logged last */
  settle(run: PipelineRun, metrics: Record<string, number>): Promise<unknown>;
}

export interface AttemptFacts {
  /** its run in tracking, and the name under which executors know it */
  childId: string;
  gpus: readonly number[];
  /** of one that is a fold */
  fold?: FoldFacts | undefined;
}

/** What a step wrote to its `metrics` and `plots`: the names of the metrics, and what is wrong with the files, in words. */
export interface WrittenMetrics {
  names: ReadonlySet<string>;
  note: string | undefined;
}

/** What each step asks of the cache. */
export type EngineCache = Pick<
  StepCache,
  'partsFor' | 'state' | 'restore' | 'makeRoom' | 'clear' | 'record' | 'abandon'
>;

/** What a run as a whole does. */
export type RunCache = Pick<StepCache, 'last' | 'ignoreOuts' | 'tidy'>;

export interface EngineParts {
  executor: StepExecutor;
  cache: EngineCache;
  runCache: RunCache;
  leases: Pick<Leases, 'acquire' | 'take'>;
  pool: Pool;
  clock: Clock;
  logger: Logger;
  tracking: StepTracking;
  /** to a run in tracking; `isNew`: the run is the step's own, and keeps the pictures, too; `root`: where it worked, if not in the workspace */
  logWritten(step: PlannedStep, runId: string, isNew: boolean, root?: string): Promise<WrittenMetrics>;
  settler: Settler;
  folds: FoldDoor;
  /** the params of a run as they are by now: its step may have read them from their file */
  paramsNow(plan: RunPlan): JsonObject;
  /** where outs go that are in the way, and what an attempt left half-written */
  asideOf(run: PipelineRun, step: PlannedStep): string;
  /** as it starts, with secrets */
  taskFor(run: PipelineRun, step: PlannedStep, attempt: AttemptFacts): StepTask;
  /** answers once the change is kept: however full the disk is, it waits until there is room */
  keep(run: PipelineRun, step?: KeptStep): Promise<void>;
  /** a change that need not be kept */
  tell(run: PipelineRun): void;
  /** called before the end is kept: after our death in between, it is called again */
  ending(run: PipelineRun, state: 'succeeded' | 'failed' | 'cancelled'): Promise<unknown>;
}
