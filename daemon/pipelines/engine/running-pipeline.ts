import type { PlannedStep, StepResult } from '../../../schemas/language/model.ts';
import type { PipelineRun, StepRun } from '../../../schemas/wire/pipelines.ts';
import { messageOf } from '../../base/errors.ts';
import type { KeptRun, RunPlan } from '../runs/repository.ts';
import { Cancelled } from './cancelled.ts';
import type { Claim } from './claim.ts';
import { claimOf } from './claim.ts';
import type { EngineParts, KeptStep } from './parts.ts';
import { RunningStep } from './running-step.ts';
import { inTurn, StepOrder } from './step-order.ts';
import { Turns } from './turns.ts';

const CANCELLED = 'the run was cancelled';

/** One run of a pipeline: each step is taken up when those it needs have ended. */
export class RunningPipeline {
  readonly run: PipelineRun;
  private readonly plan: RunPlan;
  private readonly parts: EngineParts;
  private readonly steps: ReadonlyMap<string, KeptStep>;
  private readonly order: StepOrder;
  private readonly turns = new Map<string, Turns>();
  private readonly claims = new Map<string, Claim>();
  private readonly control = new Map<string, AbortController>();
  private readonly ended = Promise.withResolvers<void>();
  /** of all that has ended */
  private readonly results: Record<string, StepResult> = {};
  private underWay = 0;
  private cancelled: boolean;

  constructor({ run, steps, plan, cancelled }: KeptRun, parts: EngineParts) {
    this.run = run;
    this.plan = plan;
    this.cancelled = cancelled;
    this.parts = parts;
    this.steps = new Map(steps.map((step) => [step.run.name, step]));
    this.order = new StepOrder(plan.steps);
    for (const step of steps) this.claim(step);
  }

  private claim({ run, begun }: KeptStep): void {
    if (!begun || isOver(run.state)) return;
    const step = this.planned(run.name);
    const { resources } = step;
    const claim = claimOf(begun, { ...this.parts, run: this.run.run_id, resources, turns: this.turnsOf(step) });
    this.claims.set(run.name, claim);
  }

  /** Answers when all steps have ended. Steps that ran before the daemon's death are taken over. */
  async finish(): Promise<PipelineRun> {
    this.say(await this.parts.runCache.ignoreOuts(this.plan.frozen.steps));
    for (const { name } of this.plan.frozen.steps) if (!this.steps.has(name)) this.results[name] = this.lastOf(name);
    for (const kept of this.steps.values()) if (isOver(kept.run.state)) this.note(kept, kept.run.state);
    for (const name of this.order.open()) this.begin(name);
    // it was cancelled before the daemon's death
    if (this.cancelled) this.endUnderWay();
    if (this.underWay > 0) await this.ended.promise;
    return this.close();
  }

  /** What cleans up still runs; asked for a second time, nothing does. */
  cancel(): void {
    const isSecond = this.cancelled;
    this.cancelled = true;
    if (isSecond) for (const control of this.control.values()) control.abort(new Cancelled(CANCELLED));
    else this.endUnderWay();
  }

  /** One step; those that need it are skipped, the others go on. */
  cancelStep(name: string): void {
    this.control.get(name)?.abort(new Cancelled('it was cancelled'));
  }

  private endUnderWay(): void {
    for (const [name, control] of this.control) {
      const isCleanUp =
        this.kept(name).begun === null && this.parts.settler.mayRun(this.plan.frozen, name, this.results, true);
      if (!isCleanUp) control.abort(new Cancelled(CANCELLED));
    }
  }

  private begin(name: string): void {
    const control = new AbortController();
    this.control.set(name, control);
    this.underWay++;
    this.carryOut(name, control.signal)
      .catch((failure) => this.parts.logger.error({ err: failure, run: this.run.run_id, step: name }, 'a step broke'))
      .finally(() => {
        this.control.delete(name);
        for (const next of this.openedBy(name)) this.begin(next);
        this.underWay--;
        if (this.underWay === 0) this.ended.resolve();
      });
  }

  private openedBy(name: string): string[] {
    const kept = this.kept(name);
    const { state } = kept.run;
    // otherwise something broke on the way, which was told
    return this.note(kept, isOver(state) ? state : 'failed');
  }

  /** Answers the steps whose turn it is now. */
  private note({ run, metrics }: KeptStep, state: StepResult['state']): string[] {
    this.results[run.name] = { state, metrics };
    return this.order.end(run.name);
  }

  /** What the run leaves out is taken as it is. */
  private lastOf(name: string): StepResult {
    return { state: 'succeeded', metrics: this.parts.runCache.last(name)?.metrics ?? {} };
  }

  private async carryOut(name: string, signal: AbortSignal): Promise<void> {
    const kept = this.kept(name);
    try {
      const settled = await this.settle(name);
      if ('step' in settled) await this.runningStep(settled.step, kept, signal).carryOut();
      else Object.assign(kept.run, settled);
    } catch (failure) {
      Object.assign(kept.run, outcomeOf(failure, kept.run));
    } finally {
      this.claims.get(name)?.giveBack();
    }
    kept.run.ended_at = this.parts.clock.now();
    await this.parts.keep(this.run, kept);
    if (kept.run.state === 'failed') this.failFast(name);
  }

  /** The step with all that is known now, or what becomes of it in place of running. */
  private async settle(name: string): Promise<{ step: PlannedStep } | Pick<StepRun, 'state' | 'reason'>> {
    // what has begun when it was cancelled is ended, not skipped
    const cancelled = this.cancelled && this.kept(name).begun === null;
    const answer = await this.parts.settler.settle(this.plan.frozen, name, this.results, cancelled);
    if ('skip' in answer) return { state: 'skipped', reason: answer.skip };
    return 'problem' in answer ? { state: 'failed', reason: answer.problem } : answer;
  }

  private runningStep(step: PlannedStep, kept: KeptStep, signal: AbortSignal): RunningStep {
    const { run, plan, parts } = this;
    const claim = this.claims.get(kept.run.name) ?? null;
    return new RunningStep({ run, step, plan, kept, signal, turns: this.turnsOf(step), claim, parts });
  }

  private turnsOf({ of, group }: PlannedStep): Turns | undefined {
    if (!group?.maxParallel) return undefined;
    const turns = this.turns.get(of) ?? new Turns(group.maxParallel);
    this.turns.set(of, turns);
    return turns;
  }

  /** When a variant fails, those beside it end, unless the matrix says otherwise. */
  private failFast(name: string): void {
    const failed = this.planned(name);
    if (!failed.group?.failFast) return;
    for (const other of this.plan.steps) {
      if (other.of !== failed.of || other.name === name) continue;
      this.control.get(other.name)?.abort(new Cancelled(`${name} failed`));
    }
  }

  /** Of those that several steps log: what the last of these says, whichever was carried out now, and whichever came first. */
  private sharedMetrics(): Record<string, number> {
    const found = new Map<string, number[]>();
    for (const { name, matrix } of inTurn(this.plan.steps)) {
      if (matrix) continue;
      for (const [key, value] of Object.entries(this.kept(name).metrics)) {
        found.set(key, [...(found.get(key) ?? []), value]);
      }
    }
    const shared = [...found].filter(([, values]) => values.length > 1);
    return Object.fromEntries(shared.map(([key, values]) => [key, values.at(-1) as number]));
  }

  private async close(): Promise<PipelineRun> {
    const states = this.run.steps.map(({ state }) => state);
    const failed = states.includes('failed');
    const incomplete = this.cancelled || states.includes('cancelled');
    const state = failed ? 'failed' : incomplete ? 'cancelled' : 'succeeded';
    this.say(await this.parts.runCache.tidy(this.plan.frozen.steps));
    await this.parts.tracking.settle(this.run, this.sharedMetrics());
    await this.parts.ending(this.run, state);
    this.run.state = state;
    this.run.ended_at = this.parts.clock.now();
    await this.parts.keep(this.run);
    return this.run;
  }

  private say(note: string | null): void {
    if (note !== null) this.run.note = note;
  }

  private kept(name: string): KeptStep {
    const kept = this.steps.get(name);
    if (!kept) throw new Error(`the run has no step ${name}`);
    return kept;
  }

  private planned(name: string): PlannedStep {
    return this.order.step(name);
  }
}

const isOver = (state: StepRun['state']): state is StepResult['state'] => state !== 'pending' && state !== 'running';

/** A step that cannot be carried out has failed, whatever the reason; the others go on. */
export function outcomeOf(failure: unknown, step: StepRun): Pick<StepRun, 'state' | 'reason'> {
  if (failure instanceof Cancelled) {
    return { state: step.state === 'pending' ? 'skipped' : 'cancelled', reason: failure.message };
  }
  return { state: 'failed', reason: messageOf(failure) };
}
