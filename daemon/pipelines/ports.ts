import type { JsonObject } from '../../schemas/language/json.ts';
import type { PipelineModel, Plan, PlannedStep } from '../../schemas/language/model.ts';
import type { Turn } from '../../schemas/language/plan/settle.ts';
import type { FoldRun } from '../../schemas/wire/pipelines.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Files } from '../files/index.ts';
import type { Seal, Store } from '../store/index.ts';
import type { StepTracking } from './engine/parts.ts';
import type { StepExecutor } from './executors/port.ts';
import type { Interpreter } from './python/interpreter.ts';
import type { TrialTracking } from './trials/ports.ts';
import type { MetricPoint } from './written/index.ts';

export interface PipelineDeps {
  store: Store;
  /** our own folder in the workspace */
  state: { file(name: 'runs'): string };
  /** for what the daemon is to do by itself after its restart */
  seal: Seal;
  /** the user's own, which files that we make among theirs shall have: ours is stricter */
  umask: number;
  clock: Clock;
  logger: Logger;
  workspace: string;
  /** so much is kept of what steps printed, in bytes */
  logBytes: number;
  files: Files;
  /** which Python the commands of steps find */
  python: Interpreter;
  /** how steps are carried out; let go of with the pipelines */
  executor: StepExecutor;
  project: {
    readonly model: PipelineModel | null;
    readonly problem: string | null;
    plan(given?: Record<string, string>, keep?: string): Plan & { params: JsonObject };
    params(given?: Record<string, string>): JsonObject;
    /** what a step may ask of the environment when it is settled */
    surroundings(): Pick<Turn, 'env' | 'reveal'>;
  };
  /** runs in tracking: of the pipeline, and below it of its steps, which they log to */
  runs: StepTracking & {
    /** `name`: invented without it */
    start(experiment: string, params: JsonObject, name?: string): Promise<{ run_id: string; name: string }>;
    /** of a pipeline, with what below it never came to an end: a daemon may die between a run in tracking and its own note of it */
    finishWhole(runId: string, state: 'succeeded' | 'failed' | 'cancelled'): Promise<unknown>;
    /** below that of its step */
    startFold(fold: { pipeline: string; parent: string; step: PlannedStep; number: number }): Promise<string>;
    /** by their number */
    foldsOf(parent: string): Promise<FoldRun[]>;
    log(runId: string, points: readonly MetricPoint[]): Promise<unknown>;
    /** among its artifacts */
    keepFile(runId: string, path: string, file: string): Promise<unknown>;
  };
  /** runs in tracking of sweeps and their trials */
  trials: TrialTracking;
  /** resolves when what steps log is heard: none begins before */
  canLog: () => Promise<unknown>;
  /** MLFLOW_TRACKING_URI and token */
  stepEnvironment: () => Record<string, string>;
}
