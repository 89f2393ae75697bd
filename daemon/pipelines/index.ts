import { availableParallelism } from 'node:os';
import type { PlannedStep } from '../../schemas/language/model.ts';
import { VERSION } from '../../schemas/version.ts';
import type { PipelineOverview, PipelineRun, RunCause, StartPipeline, StepLog } from '../../schemas/wire/pipelines.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import { isStoreFailure } from '../store/index.ts';
import { closeCopiedRuns } from './copied-runs.ts';
import { Execution } from './execution.ts';
import { LocalExecutor } from './executors/local/executor.ts';
import type { StepExecutor } from './executors/port.ts';
import { readLog } from './logs.ts';
import { newRun } from './new-run.ts';
import { plannedInfo } from './planned-info.ts';
import type { PipelineDeps } from './ports.ts';
import { PipelineRepository } from './repository.ts';
import { select } from './selection.ts';
import { stepTask, taskId, withSecrets } from './step-task.ts';

export type { PipelineDeps } from './ports.ts';

const LISTED_RUNS = 20;
const TRY_AGAIN_MS = 2_000;

/** Carries out the steps of crisol.yaml. */
export class Pipelines implements Disposable {
  /** a run or one of its steps changed */
  readonly changes = new Emitter<PipelineRun>();
  /** nothing runs any more */
  readonly settled = new Emitter<void>();
  private readonly deps: PipelineDeps;
  private readonly repository: PipelineRepository;
  private readonly executor: StepExecutor;
  private current: Execution | undefined;
  private starting = false;

  constructor(deps: PipelineDeps) {
    this.deps = deps;
    this.repository = new PipelineRepository(deps.store, deps.seal);
    const { clock, seal, folder: steps, supervisors: folder } = deps;
    this.executor = new LocalExecutor({ clock, seal, steps, folder, version: VERSION });
  }

  overview(): PipelineOverview {
    const { model, problem } = this.deps.project;
    return { name: model?.name ?? null, problem, runs: this.repository.list(LISTED_RUNS), ...this.plannedSteps() };
  }

  list(): PipelineRun[] {
    return this.repository.list(LISTED_RUNS);
  }

  find(runId: string): PipelineRun | undefined {
    return this.repository.find(runId);
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

  /** Answers as soon as the run exists; its steps go on by themselves. */
  async start({ params, ...wanted }: StartPipeline, cause: RunCause = { kind: 'manual' }): Promise<PipelineRun> {
    if (this.busy()) throw new CrisolError('PIPELINE_BUSY', 'The pipeline is running already.');
    const plan = select(this.deps.project.plan(params).steps, wanted);
    if (plan.length === 0) throw new CrisolError('PIPELINE_FILE_INVALID', 'crisol.yaml has no steps.');
    this.starting = true;
    try {
      const run = await newRun(this.deps, this.repository, { plan, cause });
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

  async log(runId: string, step: string, offset: number): Promise<StepLog> {
    if (!this.get(runId).steps.some(({ name }) => name === step)) {
      throw new CrisolError('PIPELINE_STEP_UNKNOWN', `The run has no step "${step}".`);
    }
    return readLog(await this.executor.adopt(taskId(runId, step)), offset);
  }

  busy(): boolean {
    return this.starting || this.current !== undefined;
  }

  /** Goes on with what ran when the daemon died; its steps never stopped. */
  recover(): void {
    closeCopiedRuns(this.deps, this.repository, (run) => this.changes.emit(run)).catch((failure) =>
      this.deps.logger.error({ err: failure }, 'a pipeline run that came with the folder could not be closed'),
    );
    for (const { run, plan } of this.repository.running()) void this.carryOut(this.execution(run, plan));
  }

  /** Steps go on without us: the next daemon finds them. */
  dispose(): Promise<void> {
    return this.executor.dispose();
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

  private execution(run: PipelineRun, plan: PlannedStep[]): Execution {
    this.current = new Execution(run, plan, {
      executor: this.executor,
      clock: this.deps.clock,
      slots: availableParallelism(),
      taskFor: ({ run_id }, step) => stepTask(this.deps, run_id, step),
      complete: withSecrets,
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
}
