import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { Disposable } from '../../base/disposables.ts';
import { Cancelled } from '../engine/cancelled.ts';
import type { Claim } from '../engine/claim.ts';
import type { EngineParts, KeptStep } from '../engine/parts.ts';
import { outcomeOf } from '../engine/running-pipeline.ts';
import { RunningStep } from '../engine/running-step.ts';
import type { RunPlan } from '../runs/repository.ts';
import { NO_LEASES } from './claims.ts';
import type { Point, TrialHandle, TrialOutcome, TrialTracking } from './ports.ts';
import type { KeptTrial } from './repository.ts';
import type { Spares } from './spares.ts';
import type { TrialCache } from './trial-cache.ts';

export interface TrialParts {
  engine: EngineParts;
  tracking: TrialTracking;
  cache: TrialCache;
  /** the run of the sweep, as the engine shares the machine among runs */
  sweep: Pick<PipelineRun, 'run_id' | 'pipeline' | 'name' | 'started_at'>;
  step: PlannedStep;
  plan: RunPlan;
  /** of one that ran already when our predecessor died */
  claim: Claim | null;
  /** where it works */
  folder: string;
  /** the same from the top of the workspace on */
  inWorkspace: string;
  /** takes that when the trial is over */
  spares: Spares;
  /** beside what every step is told */
  variables: Record<string, string>;
  metric: string;
  save(kept: KeptTrial): Promise<unknown>;
  /** another run in tracking, for another attempt */
  newRun(): Promise<string>;
}

/** One trial: the engine's step in a folder of its own. */
export class RunningTrial implements TrialHandle {
  readonly ended: Promise<TrialOutcome>;
  private readonly parts: TrialParts;
  private readonly kept: KeptTrial;
  private readonly control = new AbortController();
  /** which of its runs in tracking the engine has ended: it begins none for a result that is known */
  private finished = '';
  private prunedAt: number | undefined;
  private readonly listening = new Map<(point: Point) => void, Disposable>();

  constructor(kept: KeptTrial, parts: TrialParts) {
    this.kept = kept;
    this.parts = parts;
    this.ended = this.carryOut();
  }

  get runId(): string {
    return this.kept.runId;
  }

  onPoint(listener: (point: Point) => void): Disposable {
    this.follow(listener);
    return {
      dispose: () => {
        const listening = this.listening.get(listener);
        this.listening.delete(listener);
        return listening?.dispose();
      },
    };
  }

  stop(): void {
    this.control.abort(new Cancelled('it was stopped'));
  }

  prune(step: number): void {
    this.prunedAt ??= step;
    this.stop();
  }

  private async carryOut(): Promise<TrialOutcome> {
    const { run, begun } = this.kept;
    const step: KeptStep = { run, metrics: {}, begun };
    try {
      await this.runningStep(step).carryOut();
    } catch (failure) {
      Object.assign(run, outcomeOf(failure, run));
    }
    const outcome = outcomeFrom(step);
    if (this.finished !== this.runId) await this.finish(this.runId, outcome.state);
    this.kept.outcome = outcome;
    await this.parts.save(this.kept);
    this.parts.spares.add(this.parts.folder);
    return outcome;
  }

  private runningStep(kept: KeptStep): RunningStep {
    const { sweep, step, plan } = this.parts;
    const run: PipelineRun = { ...sweep, state: 'running', ended_at: null, steps: [kept.run] };
    return new RunningStep({
      run,
      step,
      plan,
      kept,
      signal: this.control.signal,
      turns: undefined,
      claim: this.parts.claim,
      parts: this.engine(),
    });
  }

  private engine(): EngineParts {
    const { engine, tracking, cache, folder, inWorkspace, variables } = this.parts;
    return {
      ...engine,
      leases: NO_LEASES,
      cache,
      tracking: {
        ...engine.tracking,
        startStep: () => this.nextRun(),
        finish: (runId, state) => this.finish(runId, state),
        repeat: (_run, _step, { metrics }) => tracking.log(this.runId, metrics),
      },
      taskFor: (run, step, attempt) => {
        const task = engine.taskFor(run, step, attempt);
        return { ...task, folder: inWorkspace, variables: { ...task.variables, ...variables } };
      },
      // what is known has lost its files, and keeps its metrics
      logWritten: async (step, runId, isNew) =>
        isNew ? engine.logWritten(step, runId, true, folder) : { names: new Set(), note: undefined },
      folds: { ...engine.folds, divide: (step, parent) => engine.folds.divide(step, parent, folder) },
      tell() {},
      keep: async (_run, step) => {
        if (!step) return;
        this.kept.begun = step.begun;
        await this.parts.save(this.kept);
      },
    };
  }

  /** What was pruned says so before it has ended: who looks at it then sees why. */
  private async finish(runId: string, state: TrialOutcome['state']): Promise<void> {
    const { engine, tracking } = this.parts;
    this.finished = runId;
    if (state === 'cancelled' && this.prunedAt !== undefined && runId === this.runId)
      await tracking.prune(runId, this.prunedAt);
    await engine.tracking.finish(runId, state);
  }

  /** The first attempt has the run that the trial began with; whoever listens hears of the next ones, too. */
  private async nextRun(): Promise<string> {
    if (this.kept.run.attempt !== undefined) this.kept.runId = await this.parts.newRun();
    for (const listener of [...this.listening.keys()]) this.follow(listener);
    return this.kept.runId;
  }

  private follow(listener: (point: Point) => void): void {
    void this.listening.get(listener)?.dispose();
    this.listening.set(listener, this.parts.tracking.follow(this.runId, this.parts.metric, listener));
  }
}

function outcomeFrom({ run, metrics }: KeptStep): TrialOutcome {
  if (run.state === 'succeeded') return { state: 'succeeded', metrics };
  return { state: run.state === 'failed' ? 'failed' : 'cancelled', metrics, reason: run.reason };
}
