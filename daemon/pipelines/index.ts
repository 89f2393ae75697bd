import { stepOrFold } from '../../schemas/pipelines/folds.ts';
import type {
  PipelineForecast,
  PipelineOverview,
  PipelineRun,
  RunCause,
  StartPipeline,
} from '../../schemas/wire/pipelines.ts';
import type { PythonAnswer } from '../../schemas/wire/python.ts';
import type { WhyAnswer } from '../../schemas/wire/why.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import type { StepCache } from './cache/index.ts';
import { createEngine } from './create-engine.ts';
import type { Engine } from './engine/engine.ts';
import { Leftovers } from './leftovers/leftovers.ts';
import { StepLogs } from './logs/step-logs.ts';
import { forecast } from './planning/forecast.ts';
import { plannedInfo } from './planning/planned-info.ts';
import { firstNamed, select } from './planning/selection.ts';
import type { Settler } from './planning/settler.ts';
import { whyOf } from './planning/why.ts';
import type { PipelineDeps } from './ports.ts';
import { closeInterruptedRuns } from './runs/interrupted-runs.ts';
import { newRun } from './runs/new-run.ts';
import { Notices } from './runs/notices.ts';
import type { KeptRun, RunPlan } from './runs/repository.ts';
import { PipelineRepository } from './runs/repository.ts';
import { Trials } from './trials/trials.ts';

export type { KeepSettings } from './cache/index.ts';
export { LocalExecutor } from './executors/local/executor.ts';
export type { PipelineDeps } from './ports.ts';
export { Interpreter } from './python/interpreter.ts';
export type { Ground } from './trials/ports.ts';
export type { Trials } from './trials/trials.ts';

const LISTED_RUNS = 20;
const SHOWN_VARIANTS = 5;

/** Carries out the steps of crisol.yaml. */
export class Pipelines implements Disposable {
  /** a run or one of its steps changed */
  readonly changes = new Emitter<PipelineRun>();
  /** nothing runs any more */
  readonly settled = new Emitter<void>();
  /** what steps print */
  readonly logs: StepLogs;
  private readonly deps: PipelineDeps;
  private readonly repository: PipelineRepository;
  private readonly cache: StepCache;
  private readonly settler: Settler;
  private readonly engine: Engine;
  /** steps that are tried with other params */
  readonly trials: Trials;
  readonly leftovers: Leftovers;
  private readonly notices = new Notices();
  private starting = 0;

  constructor(deps: PipelineDeps) {
    this.deps = deps;
    this.repository = new PipelineRepository(deps.store, deps.seal);
    const { cache, settler, engine, parts } = createEngine(deps, {
      repository: this.repository,
      changes: this.changes,
      settled: () => this.workEnded(),
    });
    this.cache = cache;
    this.settler = settler;
    this.engine = engine;
    const stepOf = (runId: string, name: string) => {
      const run = this.get(runId);
      return stepOrFold(run, name) ?? { step: this.stepOf(run, name) };
    };
    const isPipeline = (runId: string) => this.find(runId) !== undefined;
    this.logs = new StepLogs({ executor: deps.executor, isPipeline, stepOf, changes: this.changes });
    this.leftovers = new Leftovers({ deps, cache });
    this.trials = new Trials({ deps, cache, engine: parts, pipelines: this });
  }

  overview(): PipelineOverview {
    const { model, problem } = this.deps.project;
    return { name: model?.name ?? null, problem, runs: this.list(), ...this.plannedSteps() };
  }

  list(): PipelineRun[] {
    return this.repository.list(LISTED_RUNS).map((run) => this.engine.running(run.run_id)?.run ?? run);
  }

  find(runId: string): PipelineRun | undefined {
    return this.engine.running(runId)?.run ?? this.repository.find(runId);
  }

  get(runId: string): PipelineRun {
    const run = this.find(runId);
    if (!run) throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no pipeline run ${runId}.`);
    return run;
  }

  /** The run that was begun for an occasion, as its cause names it. */
  startedBy(key: string): PipelineRun | undefined {
    return this.repository.startedBy(key);
  }

  /** Answers as soon as the run exists; its steps go on by themselves. `asOfStart`: it is what this daemon was started for. */
  async start(
    { params, force, debug, ...wanted }: StartPipeline,
    cause: RunCause = { kind: 'manual' },
    { asOfStart = false } = {},
  ): Promise<PipelineRun> {
    const plan = this.planOf(params, wanted);
    const debugged = debug && { debug: { ...debug, step: firstNamed(plan.steps, debug.step) } };
    this.deps.files.trustAhead(asOfStart && !this.engine.busy);
    return this.begin(plan, { cause, ...(force && { forced: true }), ...debugged });
  }

  /** What `start` would do. */
  async forecast({ params, force, ...wanted }: StartPipeline): Promise<PipelineForecast> {
    return {
      steps: await forecast(this.planOf(params, wanted), {
        cache: this.cache,
        settler: this.settler,
        force,
      }),
    };
  }

  /** Why a step would run, or would not, with all that it needs as it is. */
  why(step: string, given: Record<string, string> = {}): Promise<WhyAnswer> {
    const { project } = this.deps;
    return whyOf(step, {
      plan: project.plan(given),
      cache: this.cache,
      settler: this.settler,
      runs: this.list(),
    });
  }

  /** What a run did not come to, with the plan and the params that it had. */
  async resume(runId: string): Promise<PipelineRun> {
    const { state } = this.get(runId);
    if (state === 'running') throw new CrisolError('PIPELINE_BUSY', 'This run is under way.');
    const kept = this.repository.planned(runId);
    if (!kept) {
      throw new CrisolError('PIPELINE_NOT_RESUMED', 'This run was planned elsewhere, or by an older version.', {
        hint: 'Run the pipeline anew.',
      });
    }
    return this.begin(kept.plan, {}, kept);
  }

  /** A run, or one of its steps. */
  async cancel(runId: string, step?: string): Promise<PipelineRun> {
    const run = this.get(runId);
    if (step !== undefined) this.stepOf(run, step);
    const running = this.engine.running(runId);
    if (!running) return run;
    if (step !== undefined) running.cancelStep(step);
    else {
      running.cancel();
      await this.repository.saveCancelled(runId);
    }
    return run;
  }

  /** Whether whoever asks is the one to tell a person how the run ended. */
  takeNotice(runId: string): boolean {
    return this.notices.take(this.get(runId).run_id);
  }

  /** Which Python commands find now. */
  async python(): Promise<PythonAnswer> {
    return { python: await this.deps.python.describe() };
  }

  /** As somebody chose it in VS Code; the runs that begin from now on use it, those of the command line, too. */
  choosePython(path: string | null): Promise<PythonAnswer> {
    this.deps.python.choose(path);
    return this.python();
  }

  busy(): boolean {
    return this.starting > 0 || this.engine.busy;
  }

  /** Whether `recover` has something to go on with. */
  wasInterrupted(): boolean {
    return this.repository.running().length > 0;
  }

  /** Goes on with what ran when the daemon died; its steps never stopped. */
  recover(): void {
    closeInterruptedRuns(this.deps, this.repository, (run) => this.changes.emit(run)).catch((failure) =>
      this.deps.logger.error({ err: failure }, 'a pipeline run that came with the folder could not be closed'),
    );
    // but for what this daemon was started for, which is under way already
    for (const kept of this.repository.running()) if (!this.engine.running(kept.run.run_id)) this.engine.carryOut(kept);
  }

  /** Steps go on without us: the next daemon finds them. */
  dispose(): Promise<void> {
    return this.deps.executor.dispose();
  }

  private planOf(given: StartPipeline['params'] = {}, wanted: StartPipeline = {}): RunPlan {
    const { steps: all, frozen, params } = this.deps.project.plan(given);
    const steps = select(all, wanted);
    if (steps.length === 0) throw new CrisolError('PIPELINE_FILE_INVALID', 'crisol.yaml has no steps.');
    return { steps, frozen, params, given };
  }

  private async begin(
    plan: RunPlan,
    said: Pick<PipelineRun, 'cause' | 'forced' | 'debug'>,
    earlier?: KeptRun,
  ): Promise<PipelineRun> {
    this.starting++;
    try {
      const kept = await newRun(this.deps, this.repository, plan, said, earlier);
      this.engine.carryOut(kept);
      return structuredClone(kept.run);
    } finally {
      this.starting--;
    }
  }

  private stepOf(run: PipelineRun, name: string): PipelineRun['steps'][number] {
    const step = run.steps.find((one) => one.name === name);
    if (step) return step;
    const variants = run.steps.filter(({ of }) => of === name).map((one) => one.name);
    if (variants.length === 0) throw new CrisolError('PIPELINE_STEP_UNKNOWN', `The run has no step "${name}".`);
    const hint = `Name one of its variants: ${variants.slice(0, SHOWN_VARIANTS).join(', ')}${variants.length > SHOWN_VARIANTS ? ', …' : ''}.`;
    throw new CrisolError('PIPELINE_STEP_UNKNOWN', `${name} runs in variants.`, { hint });
  }

  private workEnded(): void {
    if (this.busy()) return;
    this.deps.files.trustAhead(false);
    this.settled.emit();
    const { logger } = this.deps;
    this.leftovers.limitLogs({}).catch((failure) => logger.warn({ err: failure }, 'old logs could not be shortened'));
  }

  private plannedSteps(): Pick<PipelineOverview, 'steps'> & { problem?: string } {
    try {
      const { steps } = this.deps.project.plan();
      return { steps: plannedInfo(steps, this.deps.project.model) };
    } catch (thrown) {
      if (!(thrown instanceof CrisolError)) throw thrown;
      return { steps: [], problem: thrown.message };
    }
  }
}
