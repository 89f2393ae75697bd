import type { StepOrFold } from '../../../schemas/pipelines/folds.ts';
import type { LogFinding, LogPlace, LogSearch, PipelineRun, StepLog } from '../../../schemas/wire/pipelines.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { StepExecutor } from '../executors/port.ts';
import type { Attempt } from './attempt.ts';
import { endOf, logOf, readAttempt } from './attempt.ts';
import { LogFollower } from './follower.ts';
import { searchLog } from './search.ts';

export interface StepLogsParts {
  executor: Pick<StepExecutor, 'adopt'>;
  isPipeline(runId: string): boolean;
  /** by its name, also of a fold; throws in words for what there is not */
  stepOf(runId: string, name: string): StepOrFold;
  changes: Emitter<PipelineRun>;
}

/** So that folds of an attempt are told from those of another. */
const FOLDS_AT_MOST = 10_000;

/** What steps print, in parts and as it comes. */
export class StepLogs {
  private readonly parts: StepLogsParts;

  constructor(parts: StepLogsParts) {
    this.parts = parts;
  }

  async read(runId: string, step: string, { attempt, ...place }: LogPlace): Promise<StepLog> {
    const now = await this.attempt(runId, step);
    const isOther = attempt !== undefined && attempt !== now.number;
    return logOf(now, await readAttempt(now, isOther ? {} : place));
  }

  /** For a moment: who still wants to know goes on from where it came to. */
  async search(runId: string, step: string, { attempt, ...sought }: LogSearch): Promise<LogFinding> {
    const { number, handle } = await this.attempt(runId, step);
    if (!handle) return { attempt: number, bytes: 0, line: null, next: null };
    const { words, direction } = sought;
    const isOther = attempt !== undefined && attempt !== number;
    const found = await searchLog((...part) => handle.log(...part), isOther ? { words, direction } : sought);
    return { attempt: number, ...found };
  }

  /** Where it ends by now. */
  async end(runId: string, step: string): Promise<StepLog> {
    const now = await this.attempt(runId, step);
    return logOf(now, await endOf(now));
  }

  /** `tell` hears what is printed from now on, and the end. */
  follow(runId: string, step: string, tell: (log: StepLog) => void): Disposable {
    return new LogFollower({
      attempt: () => this.attempt(runId, step),
      onChange: (changed) => this.parts.changes.on((run) => run.run_id === runId && changed()),
      tell,
    });
  }

  private async attempt(runId: string, name: string): Promise<Attempt> {
    // of a trial, or of one attempt at a step: its output is kept by its own run
    const own = this.parts.isPipeline(runId) ? undefined : await this.parts.executor.adopt(runId);
    if (own) return { number: 1, handle: own, isLast: true };
    const { step, fold: asked } = this.parts.stepOf(runId, name);
    const { child_run_id, attempt = 0, folds = [] } = step;
    // each fold has an output of its own, as each attempt has: that of the newest is shown
    const fold = asked ?? folds.findLast(({ run_id }) => run_id !== null);
    const id = fold?.run_id ?? (asked ? undefined : child_run_id);
    const handle = id === undefined ? undefined : await this.parts.executor.adopt(id);
    const { state } = asked ?? step;
    return {
      number: fold ? attempt * FOLDS_AT_MOST + fold.number : attempt,
      handle,
      isLast: state !== 'pending' && state !== 'running',
    };
  }
}
