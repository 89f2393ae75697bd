import type { PipelineModel, Plan } from '../../schemas/language/model.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Seal, Store } from '../store/index.ts';

export interface PipelineDeps {
  store: Store;
  seal: Seal;
  /** the user's own, which the files that a step makes shall have: ours is stricter */
  umask: number;
  clock: Clock;
  logger: Logger;
  workspace: string;
  /** a folder for the files of runs */
  folder: string;
  /** a folder for what looks after steps */
  supervisors: string;
  project: {
    readonly model: PipelineModel | null;
    readonly problem: string | null;
    plan(overrides?: Record<string, string>): Plan;
  };
  /** runs in tracking: what steps log to */
  runs: {
    start(experiment: string): Promise<{ run_id: string; name: string }>;
    finish(runId: string, state: 'succeeded' | 'failed' | 'cancelled'): Promise<unknown>;
  };
  /** MLFLOW_TRACKING_URI and token */
  stepEnvironment: () => Record<string, string>;
}
