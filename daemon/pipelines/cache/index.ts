import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import type { RunParams } from './ports.ts';
import type { KnownResult, Recorded, StepState } from './results.ts';

export type { StepCacheDeps, WorkspaceFiles } from './ports.ts';
export type { KnownResult, Recorded, StepState } from './results.ts';

/** Which steps need not run, and why the others do. The rules are in docs/caching.md. */
export interface StepCache {
  /** what counts, as it is now; `params`: all of the run, with its overrides */
  partsFor(step: PlannedStep, params: RunParams): Promise<KeyParts>;
  /** what is to be done with the step; nothing is changed by it */
  state(step: PlannedStep, parts: KeyParts): Promise<StepState>;
  /** the step's outs become those of `result`: what is there already stays, what is in the way goes to `aside`; notes it in crisol.lock */
  restore(step: PlannedStep, parts: KeyParts, result: KnownResult, aside: string): Promise<void>;
  /** before it runs: its outs leave the way, to `aside` where the cache does not hold them, and the folders that they lie in are made */
  makeRoom(step: PlannedStep, aside: string): Promise<void>;
  /** after success: looks at everything again, keeps the outs and the metrics of `runId`, notes it in crisol.lock */
  record(
    step: PlannedStep,
    parts: KeyParts,
    params: RunParams,
    run: { runId: string; seconds: number },
  ): Promise<Recorded>;
  /** after failure, cancel or loss, and only where makeRoom was called: nothing half-written looks finished */
  abandon(step: PlannedStep, aside: string): Promise<void>;
  /** the newest result of a step of that name */
  last(stepName: string): KnownResult | undefined;
}
