import type { PlannedStep } from '../../schemas/language/model.ts';
import type { PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { StepExecutor, StepExit, StepHandle, StepTask } from './executors/port.ts';
import { lastLines, tellingLine } from './logs.ts';

export interface ExecutionParts {
  executor: StepExecutor;
  clock: Clock;
  /** steps at once */
  slots: number;
  taskFor(run: PipelineRun, step: PlannedStep): StepTask;
  /** with what the plan does not hold: secrets */
  complete(task: StepTask): StepTask;
  /** called after every change; the next step starts once it is kept */
  changed(run: PipelineRun): Promise<void>;
  /** called before the end is kept: after our death in between, it is called again */
  ending(run: PipelineRun, state: 'succeeded' | 'failed' | 'cancelled'): Promise<void>;
}

/** One run of a pipeline: starts each step when those it needs have succeeded. */
export class Execution {
  readonly run: PipelineRun;
  private readonly plan: PlannedStep[];
  private readonly parts: ExecutionParts;
  private readonly handles = new Map<string, StepHandle>();
  private cancelled = false;

  constructor(run: PipelineRun, plan: PlannedStep[], parts: ExecutionParts) {
    this.run = run;
    this.plan = plan;
    this.parts = parts;
  }

  cancel(): void {
    this.cancelled = true;
    for (const handle of this.handles.values()) handle.cancel();
  }

  /** Answers when all steps have ended. Steps that ran before the daemon's death are taken over. */
  async finish(): Promise<PipelineRun> {
    const running = new Set<Promise<void>>();
    for (const step of this.steps('running'))
      this.track(
        running,
        this.adopt(step).then((handle) => this.follow(step, handle)),
      );
    for (;;) {
      this.skipHopeless();
      for (const step of this.ready().slice(0, Math.max(0, this.parts.slots - running.size))) {
        this.track(running, this.follow(step, await this.launch(step)));
      }
      if (running.size === 0) break;
      await Promise.race(running);
    }
    return this.close();
  }

  private track(running: Set<Promise<void>>, work: Promise<void>): void {
    running.add(work);
    const ended = () => void running.delete(work);
    work.then(ended, ended);
  }

  private async launch(step: StepRun): Promise<StepHandle> {
    step.state = 'running';
    step.started_at = this.parts.clock.now();
    // kept before it starts: after our death, a step that may be running is looked for
    await this.parts.changed(this.run);
    return this.begin(step);
  }

  /** A step that cannot be started has failed, whatever the reason; the others go on. */
  private begin(step: StepRun): StepHandle {
    if (this.cancelled) return ended({ code: null, how: 'cancelled' });
    try {
      return this.parts.executor.start(this.parts.complete(this.task(step)));
    } catch (thrown) {
      return ended({ code: null, how: 'not-started', reason: `it could not be started: ${messageOf(thrown)}` });
    }
  }

  /** Of a step that nobody knows, the daemon died just before it was started. */
  private async adopt(step: StepRun): Promise<StepHandle> {
    return (await this.parts.executor.adopt(this.task(step).id)) ?? this.begin(step);
  }

  private async follow(step: StepRun, handle: StepHandle): Promise<void> {
    this.handles.set(step.name, handle);
    if (this.cancelled) handle.cancel();
    const exit = await handle.exit;
    this.handles.delete(step.name);
    step.seconds = (this.parts.clock.now() - (step.started_at ?? 0)) / 1000;
    this.judge(step, exit, await lastLines(handle));
    await this.parts.changed(this.run);
  }

  private judge(step: StepRun, { code, how, reason }: StepExit, tail: string): void {
    if (how === 'exited' && code === 0) {
      step.state = 'succeeded';
    } else if (this.cancelled) {
      step.state = 'cancelled';
      step.reason = 'the run was cancelled';
    } else {
      step.state = 'failed';
      step.tail = tail;
      step.reason = reason ?? exitReason(code, tail);
    }
  }

  private ready(): StepRun[] {
    if (this.cancelled) return [];
    return this.steps('pending').filter((step) => this.needsOf(step).every((need) => need.state === 'succeeded'));
  }

  /** Steps that can't run any more say why. The plan is in order, so that one pass reaches all. */
  private skipHopeless(): void {
    for (const step of this.steps('pending')) {
      const obstacle = this.needsOf(step).find(
        ({ state }) => state !== 'succeeded' && state !== 'running' && state !== 'pending',
      );
      if (!this.cancelled && !obstacle) continue;
      step.state = 'skipped';
      step.reason = obstacle ? `${obstacle.name} did not succeed` : 'the run was cancelled';
    }
  }

  private async close(): Promise<PipelineRun> {
    const failed = this.steps('failed').length > 0;
    const incomplete = this.run.steps.some(({ state }) => state !== 'succeeded');
    const state = failed ? 'failed' : incomplete ? 'cancelled' : 'succeeded';
    await this.parts.ending(this.run, state);
    this.run.state = state;
    this.run.ended_at = this.parts.clock.now();
    await this.parts.changed(this.run);
    return this.run;
  }

  private steps(state: StepRun['state']): StepRun[] {
    return this.run.steps.filter((step) => step.state === state);
  }

  private needsOf(step: StepRun): StepRun[] {
    const needs = this.planned(step).needs;
    return this.run.steps.filter(({ name }) => needs.includes(name));
  }

  private task(step: StepRun): StepTask {
    return this.parts.taskFor(this.run, this.planned(step));
  }

  private planned({ name }: StepRun): PlannedStep {
    const planned = this.plan.find((step) => step.name === name);
    if (!planned) throw new Error(`the plan has no step ${name}`);
    return planned;
  }
}

function ended(exit: StepExit): StepHandle {
  return {
    started: Promise.resolve(),
    exit: Promise.resolve(exit),
    cancel() {},
    log: (offset) => Promise.resolve({ bytes: Buffer.alloc(0), nextOffset: Math.max(0, offset), ended: true }),
    onLog: () => ({ dispose() {} }),
    usage: () => undefined,
  };
}

/** A step that ended by itself mostly says why in its last lines. */
function exitReason(code: number | null, tail: string): string {
  const said = tellingLine(tail);
  return `it ended with exit code ${code}${said ? `: ${said}` : ''}`;
}
