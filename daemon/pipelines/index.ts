import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { PipelineModel, Plan, PlannedStep } from '../../schemas/language/index.ts';
import type { PipelineOverview, PipelineRun, StartPipeline, StepLog } from '../../schemas/wire/pipelines.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { programPath } from '../base/programs.ts';
import { fillSecrets, fillSecretsInJson } from '../project/index.ts';
import type { Seal, Store } from '../store/index.ts';
import { isStoreFailure } from '../store/index.ts';
import { Execution } from './execution.ts';
import { localExecutor } from './executors/local.ts';
import type { StepTask } from './executors/port.ts';
import { readLog } from './logs.ts';
import { PipelineRepository } from './repository.ts';
import { select } from './selection.ts';

const LISTED_RUNS = 20;
const TRY_AGAIN_MS = 2_000;

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

/** Carries out the steps of crisol.yaml. */
export class Pipelines implements Disposable {
  /** a run or one of its steps changed */
  readonly changes = new Emitter<PipelineRun>();
  /** nothing runs any more */
  readonly settled = new Emitter<void>();
  private readonly deps: PipelineDeps;
  private readonly repository: PipelineRepository;
  private current: Execution | undefined;
  private starting = false;

  constructor(deps: PipelineDeps) {
    this.deps = deps;
    this.repository = new PipelineRepository(deps.store, deps.seal);
  }

  overview(): PipelineOverview {
    const { model, problem } = this.deps.project;
    return { name: model?.name ?? null, problem, runs: this.repository.list(LISTED_RUNS), ...this.plannedSteps() };
  }

  list(): PipelineRun[] {
    return this.repository.list(LISTED_RUNS);
  }

  get(runId: string): PipelineRun {
    const run = this.repository.find(runId);
    if (!run) throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no pipeline run ${runId}.`);
    return run;
  }

  /** Answers as soon as the run exists; its steps go on by themselves. */
  async start({ steps, params }: StartPipeline): Promise<PipelineRun> {
    if (this.busy()) throw new CrisolError('PIPELINE_BUSY', 'The pipeline is running already.');
    const plan = select(this.deps.project.plan(params).steps, steps);
    if (plan.length === 0) throw new CrisolError('PIPELINE_FILE_INVALID', 'crisol.yaml has no steps.');
    this.starting = true;
    try {
      const run = await this.newRun(plan);
      const execution = this.execution(run, plan);
      void this.carryOut(execution);
      return structuredClone(run);
    } finally {
      this.starting = false;
    }
  }

  cancel(runId: string): PipelineRun {
    if (this.current?.run.run_id === runId) this.current.cancel();
    return this.get(runId);
  }

  log(runId: string, step: string, offset: number): StepLog {
    if (!this.get(runId).steps.some(({ name }) => name === step)) {
      throw new CrisolError('PIPELINE_STEP_UNKNOWN', `The run has no step "${step}".`);
    }
    return readLog(this.folderOf(runId), step, offset);
  }

  busy(): boolean {
    return this.starting || this.current !== undefined;
  }

  /** Goes on with what ran when the daemon died; its steps never stopped. */
  recover(): void {
    this.closeInterrupted('this folder was copied from elsewhere: run it again').catch((failure) =>
      this.deps.logger.error({ err: failure }, 'a pipeline run that came with the folder could not be closed'),
    );
    for (const { run, plan } of this.repository.running()) void this.carryOut(this.execution(run, plan));
  }

  /** Steps go on without us: the next daemon finds them. */
  dispose(): void {}

  /** Commands that came with a folder are never run by themselves; what is known of their runs is kept. */
  private async closeInterrupted(reason: string): Promise<void> {
    for (const run of this.repository.interrupted()) {
      const closed = closedRun(run, reason, this.deps.clock.now());
      await this.repository.close(closed);
      await this.deps.runs.finish(run.run_id, 'failed').catch(() => {});
      this.changes.emit(closed);
    }
  }

  private plannedSteps(): Pick<PipelineOverview, 'steps'> & { problem?: string } {
    try {
      const { steps } = this.deps.project.plan();
      return { steps: steps.map(({ name, needs }) => ({ name, needs })) };
    } catch (thrown) {
      if (!(thrown instanceof CrisolError)) throw thrown;
      return { steps: [], problem: thrown.message };
    }
  }

  private async newRun(plan: PlannedStep[]): Promise<PipelineRun> {
    const pipeline = this.deps.project.model?.name ?? 'pipeline';
    const { run_id, name } = await this.deps.runs.start(pipeline);
    const run: PipelineRun = {
      run_id,
      pipeline,
      name,
      state: 'running',
      started_at: this.deps.clock.now(),
      ended_at: null,
      steps: plan.map((step) => ({
        name: step.name,
        state: 'pending',
        cached: false,
        reason: 'every step runs each time',
        started_at: null,
        seconds: null,
      })),
    };
    try {
      await this.repository.save({ run, plan });
    } catch (thrown) {
      // nobody will carry it out: it must not look as if it ran
      await this.deps.runs.finish(run_id, 'failed').catch(() => {});
      throw thrown;
    }
    return run;
  }

  private execution(run: PipelineRun, plan: PlannedStep[]): Execution {
    this.current = new Execution(run, plan, {
      executor: localExecutor,
      clock: this.deps.clock,
      slots: availableParallelism(),
      taskFor: (of, step) => this.taskFor(of, step),
      complete: (task) => this.withSecrets(task),
      changed: async (of) => {
        await this.patiently(() => this.repository.save({ run: of, plan }));
        this.changes.emit(structuredClone(of));
      },
      ending: (of, state) => this.patiently(() => this.deps.runs.finish(of.run_id, state)),
    });
    return this.current;
  }

  /** A run must not break off because the disk is full at this moment: it waits until there is room. */
  private async patiently(write: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await write();
        return;
      } catch (thrown) {
        if (!isStoreFailure(thrown)) throw thrown;
        await new Promise<void>((resolve) => void this.deps.clock.after(TRY_AGAIN_MS, resolve));
      }
    }
  }

  private async carryOut(execution: Execution): Promise<void> {
    const { run } = execution;
    try {
      this.changes.emit(structuredClone(run));
      await execution.finish();
    } catch (thrown) {
      this.deps.logger.error({ err: thrown, run: run.run_id }, 'a pipeline run broke off');
    } finally {
      if (this.current === execution) this.current = undefined;
      this.settled.emit();
    }
  }

  private taskFor({ run_id }: PipelineRun, { name, work, env }: PlannedStep): StepTask {
    const built = work.kind === 'uses';
    return {
      step: name,
      folder: this.folderOf(run_id),
      cwd: this.deps.workspace,
      umask: this.deps.umask,
      command: built
        ? { program: process.execPath, args: [programPath('built-in-step'), work.uses, JSON.stringify(work.with)] }
        : { script: work.command },
      env: {
        ...process.env,
        ...env,
        ...this.deps.stepEnvironment(),
        MLFLOW_RUN_ID: run_id,
        CRISOL_WORKSPACE: this.deps.workspace,
        CRISOL_STEP: name,
      },
    };
  }

  /** The task as it starts: the plan, which is kept, holds no secrets. */
  private withSecrets(task: StepTask): StepTask {
    const { env } = process;
    const variables = Object.entries(task.env).map(([name, value]) => [name, value && fillSecrets(value, env)]);
    const { command } = task;
    return {
      ...task,
      env: Object.fromEntries(variables),
      command:
        'script' in command
          ? { script: fillSecrets(command.script, env) }
          : { ...command, args: command.args.map((arg) => fillSecretsInJson(arg, env)) },
    };
  }

  private folderOf(runId: string): string {
    return join(this.deps.folder, runId);
  }
}

function closedRun(run: PipelineRun, reason: string, now: number): PipelineRun {
  const steps = run.steps.map((step): PipelineRun['steps'][number] => {
    const unfinished = step.state === 'running' || step.state === 'pending';
    return unfinished ? { ...step, state: 'failed', reason } : step;
  });
  return { ...run, state: 'failed', ended_at: now, steps };
}
