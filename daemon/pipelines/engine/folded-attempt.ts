import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { FoldRun, PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { StepExit, StepHandle } from '../executors/port.ts';
import type { FoldFacts } from '../folds.ts';
import { FoldMeans } from './fold-means.ts';
import type { EngineParts, KeptStep } from './parts.ts';
import { secondsSince } from './seconds.ts';

interface FoldedRoom {
  run: PipelineRun;
  step: PlannedStep;
  kept: KeptStep;
  parts: EngineParts;
}

interface Carrying {
  /** under a run of its own */
  start(runId: string, fold: FoldFacts): StepHandle;
  exitOf(handle: StepHandle): Promise<StepExit>;
}

const DONE: StepExit = { code: 0, how: 'exited' };

/** An attempt at a step that is cross-validated: one fold after the other, each with a run below that of the step. */
export class FoldedAttempt {
  private readonly room: FoldedRoom;
  private readonly carrying: Carrying;

  constructor(room: FoldedRoom, carrying: Carrying) {
    this.room = room;
    this.carrying = carrying;
  }

  /** Before the first fold. */
  async divide(): Promise<void> {
    const { run, step, kept, parts } = this.room;
    kept.run.folds = [];
    const count = await parts.folds.divide(step, this.parent);
    kept.run.folds = Array.from({ length: count }, (_, at) => ({ number: at + 1, state: 'pending', run_id: null }));
    await parts.keep(run, kept);
  }

  /** Ends with the first fold that does not succeed. What was done before the daemon's death is not done again. */
  async carryOut(): Promise<StepExit> {
    const exit = await this.goThrough();
    await this.room.parts.folds.clear(this.parent);
    return exit;
  }

  private async goThrough(): Promise<StepExit> {
    const { kept, parts } = this.room;
    const { folds = [] } = kept.run;
    const means = new FoldMeans();
    for (const fold of folds) {
      const wasDone = fold.state === 'succeeded';
      const exit = wasDone ? DONE : await this.exitOf(fold, folds.length);
      if (!wasDone && !(await this.succeeds(fold, exit))) return exit;
      means.add(parts.tracking.metricsOf(fold.run_id ?? ''));
      const isLast = fold.number === folds.length;
      if (!wasDone || isLast) await parts.folds.log(this.parent, means.points(fold.number, isLast));
    }
    return DONE;
  }

  private get parent(): string {
    return this.room.kept.run.child_run_id ?? '';
  }

  private async exitOf(fold: FoldRun, of: number): Promise<StepExit> {
    const { run, step, kept, parts } = this.room;
    const adopted = fold.run_id === null ? undefined : await parts.executor.adopt(fold.run_id);
    if (adopted) return this.carrying.exitOf(adopted);
    fold.run_id ??= await parts.folds.startRun({
      pipeline: run.pipeline,
      parent: this.parent,
      step,
      number: fold.number,
    });
    // what the one before has made is not this one's
    if (fold.number > 1) await parts.cache.clear(step);
    fold.state = 'running';
    fold.started_at = parts.clock.now();
    await parts.keep(run, kept);
    const facts = parts.folds.facts(this.parent, fold.number, of);
    return this.carrying.exitOf(this.carrying.start(fold.run_id, facts));
  }

  private async succeeds(fold: FoldRun, { how, code }: StepExit): Promise<boolean> {
    const { run, step, kept, parts } = this.room;
    const isDone = how === 'exited' && code === 0;
    fold.seconds = secondsSince(fold.started_at, parts.clock);
    fold.state = isDone ? 'succeeded' : how === 'cancelled' ? 'cancelled' : 'failed';
    if (isDone) kept.run.note = (await parts.logWritten(step, fold.run_id ?? '', true)).note;
    await parts.tracking.finish(fold.run_id ?? '', fold.state);
    await parts.keep(run, kept);
    return isDone;
  }
}

/** `fold 2 of 5`, of the one that a step failed in. */
export function failedFold({ folds = [] }: KeptStep['run']): string | null {
  const failed = folds.find(({ state }) => state === 'failed');
  return failed ? `fold ${failed.number} of ${folds.length}` : null;
}
