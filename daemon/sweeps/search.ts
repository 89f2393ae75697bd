import type { SweepSummary, SweepTrial } from '../../schemas/wire/sweeps.ts';
import { messageOf } from '../base/errors.ts';
import { patiently } from '../store/index.ts';
import type { KeptSweep, KeptTrial } from './kept.ts';
import type { Point, StartedTrial, SweepDeps, TrialEnd } from './ports.ts';
import type { SweepRepository } from './repository.ts';
import type { SweepPlan } from './settings.ts';
import { paramsOf } from './space/read.ts';
import { Study } from './study/study.ts';
import { summaryOf, trialView } from './views.ts';

export interface SearchParts extends Pick<SweepDeps, 'clock' | 'runner'> {
  repository: SweepRepository;
  changed: (summary: SweepSummary, trial: SweepTrial | null) => void;
}

/** So many trials that fail before any other ended tell that it is not the params. */
const GIVE_UP = 3;

/** A sweep under way: as many trials at the same time as it may have, until nothing is left to try. */
export class Search {
  readonly sweep: KeptSweep;
  private readonly plan: SweepPlan;
  private readonly kept: KeptTrial[];
  private readonly study: Study;
  private readonly parts: SearchParts;
  private readonly active = new Map<KeptTrial, StartedTrial | null>();
  private end: { state: 'failed' | 'cancelled'; reason: string } | null = null;
  private resolve: () => void = () => undefined;
  private readonly opening = new AbortController();
  /** what keeps its trials from beginning, in words */
  private waitsFor: string | undefined;
  /** our daemon ends: what is under way is no longer ours */
  private left = false;

  constructor(sweep: KeptSweep, plan: SweepPlan, kept: KeptTrial[], parts: SearchParts) {
    this.sweep = sweep;
    this.plan = plan;
    this.kept = kept;
    this.parts = parts;
    this.study = new Study(plan, { trials: kept.map(({ trial }) => trial), minResource: sweep.minResource });
  }

  /** Ends when the sweep has. Trials that were under way before are found again. */
  async run(): Promise<void> {
    if (await this.open()) await this.tryAll();
    if (this.left) return;
    const [state, reason] = this.outcome();
    const { id } = this.sweep;
    const value = this.study.best()?.value;
    await this.parts.runner.close(id, state, value == null ? {} : { [this.plan.metric]: value });
    Object.assign(this.sweep, { state, reason, endedAt: this.parts.clock.now() });
    await this.keepSweep();
    this.tell(null);
  }

  /** False when no trial can begin. */
  private async open(): Promise<boolean> {
    const { id, name, settings } = this.sweep;
    this.tell(null);
    try {
      const { runId } = await this.parts.runner.open(
        { id, name, ground: settings.ground },
        { signal: this.opening.signal, tell: (words) => this.waitFor(words) },
      );
      if (this.left) return false;
      this.waitsFor = undefined;
      this.sweep.runId = runId;
      await this.keepSweep();
      this.tell(null);
    } catch (thrown) {
      this.waitsFor = undefined;
      this.end ??= { state: 'failed', reason: messageOf(thrown) };
    }
    return true;
  }

  private waitFor(words: string): void {
    this.waitsFor = words;
    this.tell(null);
  }

  private async tryAll(): Promise<void> {
    const over = new Promise<void>((resolve) => {
      this.resolve = resolve;
    });
    for (const one of this.kept) if (one.endedAt === null) this.begin(one);
    this.fill();
    await over;
  }

  cancel(): void {
    this.stop('cancelled', 'It was cancelled.');
  }

  /** Trials go on; nothing is kept or begun any more. */
  leave(): void {
    this.left = true;
  }

  summary(): SweepSummary {
    const best = this.study.best();
    const summary = summaryOf(this.sweep, this.plan, this.kept, best ? this.kept[best.number] : undefined);
    return this.waitsFor === undefined ? summary : { ...summary, waits_for: this.waitsFor };
  }

  trials(): SweepTrial[] {
    return this.kept.map((one) => trialView(one, this.plan.space));
  }

  private stop(state: 'failed' | 'cancelled', reason: string): void {
    this.end ??= { state, reason };
    this.opening.abort();
    for (const started of this.active.values()) started?.stop();
    this.fill();
  }

  private fill(): void {
    while (!this.end && this.active.size < this.plan.parallel) {
      const trial = this.study.next();
      if (!trial) break;
      const startedAt = this.parts.clock.now();
      const one: KeptTrial = { trial, attempt: 1, runId: null, reason: null, startedAt, endedAt: null };
      this.kept.push(one);
      this.begin(one);
    }
    if (this.active.size === 0) this.resolve();
  }

  private begin(one: KeptTrial): void {
    this.active.set(one, null);
    void this.carryOut(one).then((end) => this.ended(one, end));
  }

  /** What was drawn is kept before anything starts: it is the same trial whenever the daemon dies. */
  private async carryOut(one: KeptTrial): Promise<TrialEnd> {
    await this.keep(one);
    if (this.end || this.left) return { state: 'cancelled', metrics: {} };
    try {
      const started = await this.parts.runner.start({
        id: `${this.sweep.id}/${one.trial.number}/${one.attempt}`,
        sweepId: this.sweep.id,
        number: one.trial.number,
        params: paramsOf(this.plan.space, one.trial.point),
        metric: this.plan.metric,
      });
      return await this.follow(one, started);
    } catch (thrown) {
      return { state: 'failed', metrics: {}, reason: messageOf(thrown) };
    }
  }

  private async follow(one: KeptTrial, started: StartedTrial): Promise<TrialEnd> {
    if (this.left) return { state: 'cancelled', metrics: {} };
    this.active.set(one, started);
    if (one.runId !== started.runId) {
      one.runId = started.runId;
      void this.keep(one);
    }
    this.tell(one);
    const listening = this.study.judges ? started.onPoint((point) => this.reported(one, started, point)) : undefined;
    // decided before we knew it: by the daemon before this one, or while it started
    if (one.trial.state === 'pruned') started.prune(one.trial.lastStep ?? 0);
    else if (this.end) started.stop();
    const end = await started.ended;
    await listening?.dispose();
    one.runId = started.runId;
    return end;
  }

  private reported(one: KeptTrial, started: StartedTrial, { step, value }: Point): void {
    const { trial } = one;
    if (this.left) return;
    if (trial.state !== 'running' || trial.points.has(step)) return;
    const isHopeless = this.study.report(trial, step, value);
    if (isHopeless) {
      this.study.prune(trial);
      started.prune(trial.lastStep ?? step);
    }
    if (this.study.minResource !== this.sweep.minResource) {
      this.sweep.minResource = this.study.minResource;
      void this.keepSweep();
    }
    void this.keep(one, { step, value });
  }

  private async ended(one: KeptTrial, end: TrialEnd): Promise<void> {
    if (this.left) return;
    if (one.trial.state === 'running') this.settle(one, end);
    one.endedAt = this.parts.clock.now();
    await this.keep(one);
    this.active.delete(one);
    this.tell(one);
    if (this.isHopeless()) this.stop('failed', `The first trials all failed. The last one: ${one.reason}`);
    else this.fill();
  }

  private settle(one: KeptTrial, { state, metrics, reason }: TrialEnd): void {
    if (state === 'cancelled' && this.end) {
      this.study.cancel(one.trial);
      return;
    }
    const value = state === 'succeeded' ? metrics[this.plan.metric] : undefined;
    this.study.finish(one.trial, value ?? null);
    if (one.trial.state === 'complete') return;
    if (state === 'succeeded') one.reason = `It logged no number as ${this.plan.metric}.`;
    else one.reason = reason ?? (state === 'cancelled' ? 'It was cancelled.' : 'It failed.');
  }

  private isHopeless(): boolean {
    const failed = this.kept.filter(({ trial }) => trial.state === 'failed').length;
    const isAll = !this.kept.some(({ trial }) => trial.state === 'complete' || trial.state === 'pruned');
    return isAll && failed >= Math.max(GIVE_UP, this.plan.parallel);
  }

  private outcome(): [state: TrialEnd['state'], reason: string] {
    if (this.end) return [this.end.state, this.end.reason];
    if (!this.study.best()) return ['failed', `No trial logged ${this.plan.metric} to its end.`];
    return ['succeeded', this.study.over === 'space' ? 'Every combination has been tried.' : 'All trials are done.'];
  }

  private tell(one: KeptTrial | null): void {
    this.parts.changed(this.summary(), one && trialView(one, this.plan.space));
  }

  private keep(one: KeptTrial, reported?: { step: number; value: number }): Promise<unknown> {
    const { clock, repository } = this.parts;
    return patiently(clock, () => repository.saveTrial(this.sweep, one, reported));
  }

  private keepSweep(): Promise<unknown> {
    return patiently(this.parts.clock, () => this.parts.repository.save(this.sweep));
  }
}
