import type { DatasetModel, TriggerModel } from '../../schemas/language/trigger-model.ts';
import type { PipelineRun, RunCause } from '../../schemas/wire/pipelines.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import type { Emitter } from '../base/emitter.ts';
import type { Logger } from '../base/logger.ts';
import type { Contents } from '../files/index.ts';
import type { Seal, Store } from '../store/index.ts';

export interface TriggerDeps {
  store: Store;
  seal: Seal;
  clock: Clock;
  logger: Logger;
  configured: () => ConfiguredTriggers;
  runs: TriggeredRuns;
  data: { workspace: string; contents: Contents };
  drift: DriftPort;
}

/** What crisol.yaml says, as far as it could be read. */
export interface ConfiguredTriggers {
  triggers: readonly TriggerModel[];
  datasets: readonly DatasetModel[];
  /** why nothing can be run now; what was last good is still listed */
  problem: string | null;
}

/** `key` names the occasion: what was started for it is never started for it again. */
export interface TriggeredStart {
  cause: RunCause & { key: string };
  /** these and what they need; all when there are none */
  steps: readonly string[];
  /** overrides by dotted name, as YAML reads them */
  params: Readonly<Record<string, string>>;
}

export interface TriggeredRuns {
  /** Answers once the run exists; its steps wait by themselves for what other runs use. */
  start(wanted: TriggeredStart): Promise<PipelineRun>;
  startedBy(key: string): PipelineRun | undefined;
  find(runId: string): PipelineRun | undefined;
  cancel(runId: string): void;
  readonly changes: Emitter<PipelineRun>;
  /** no run is under way any more */
  readonly settled: Emitter<void>;
  /** whether any run of the pipeline is under way */
  busy(): boolean;
  /** all that the steps of the pipeline write, by paths from the workspace */
  writes(): readonly string[];
}

/** `about` is the version that was looked at: drift of another one is news. */
export interface DriftNews {
  monitor: string;
  state: 'ok' | 'drift';
  about: string;
}

export interface DriftPort {
  onNews(listener: (news: DriftNews) => void): Disposable;
}
