import type { CalledTrigger } from '../../schemas/language/trigger-names.ts';
import { callTriggers } from '../../schemas/language/trigger-names.ts';
import { timeInWords } from '../../schemas/language/values/times-in-words.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type {
  FireAnswer,
  FireTrigger,
  Firing,
  TriggerDetail,
  TriggerList,
  TriggerSummary,
} from '../../schemas/wire/triggers.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import { answerOf, firingAskedFor } from './asked.ts';
import type { CalledDataTrigger } from './data/dataset-trigger.ts';
import { DatasetTriggers } from './data/dataset-triggers.ts';
import type { CalledDriftTrigger } from './drift-triggers.ts';
import { DriftTriggers } from './drift-triggers.ts';
import { Firings } from './firings.ts';
import type { TriggerDeps } from './ports.ts';
import { NO_MEMORY } from './records.ts';
import { TriggerRepository } from './repository.ts';
import type { CalledSchedule } from './schedules/schedules.ts';
import { Schedules } from './schedules/schedules.ts';
import { summaryOf } from './summary.ts';

const LISTED_FIRINGS = 50;
/** A schedule that is due within this keeps the daemon: night runs are what schedules are for. */
const SOON_MS = 24 * 3_600_000;

const isSchedule = (called: CalledTrigger): called is CalledSchedule => called.trigger.kind === 'schedule';
const isDrift = (called: CalledTrigger): called is CalledDriftTrigger => called.trigger.kind === 'drift';

/** Runs that begin by themselves, and those that somebody asks for by a name. */
export class Triggers implements Disposable {
  /** one is as it was not before */
  readonly changes = new Emitter<TriggerSummary>();
  /** what became of one occasion */
  readonly fired = new Emitter<Firing>();
  /** there are others now, or they are called otherwise */
  readonly listChanged = new Emitter<void>();
  private readonly deps: TriggerDeps;
  private readonly repository: TriggerRepository;
  private readonly firings: Firings;
  private readonly schedules: Schedules;
  private readonly drifts: DriftTriggers;
  private readonly datasets: DatasetTriggers;
  private called: CalledTrigger[] = [];
  private settling: Promise<void> = Promise.resolve();

  constructor(deps: TriggerDeps) {
    this.deps = deps;
    const repository = new TriggerRepository(deps.store, deps.seal);
    const firings = new Firings({ ...deps, repository });
    const parts = { ...deps, repository, firings };
    this.repository = repository;
    this.firings = firings;
    this.schedules = new Schedules(parts);
    this.drifts = new DriftTriggers(parts);
    this.datasets = new DatasetTriggers({ ...parts, problemChanged: (key) => this.tell(key) });
    deps.runs.changes.on((run) => this.runChanged(run));
    this.firings.changes.on(({ key, told }) => {
      this.fired.emit(structuredClone(told));
      this.tell(key);
    });
  }

  /** Goes on with what was under way, and makes up for what was missed. */
  recover(): Promise<void> {
    return this.settle(async () => {
      await this.firings.recover();
      await this.takeConfiguration();
    });
  }

  /** crisol.yaml was changed */
  configChanged(): Promise<void> {
    return this.settle(() => this.takeConfiguration());
  }

  /** Somebody uses the daemon: time has passed, perhaps while the machine slept. */
  noticed(): void {
    this.schedules.noticed();
    this.drifts.noticed();
  }

  list(): TriggerList {
    return { triggers: this.called.map((called) => this.summary(called)) };
  }

  detail(name: string): TriggerDetail {
    const called = this.named(name);
    return { trigger: this.summary(called), firings: this.repository.newestOf(called.key, LISTED_FIRINGS) };
  }

  /** Asked for by a person or another program. With a key that is known already nothing runs again. */
  async fire(name: string, request: FireTrigger): Promise<FireAnswer> {
    const called = this.named(name);
    const { trigger, key } = called;
    if (trigger.kind === 'manual' && this.repository.remembered(key).pausedAt !== null) {
      throw new CrisolError('TRIGGER_PAUSED', `The trigger ${name} is paused.`);
    }
    await this.consent();
    const asked = firingAskedFor(called, request, this.deps.clock.now());
    const [taken] = await this.firings.take([asked]);
    if (!taken) throw new Error('what was given is taken');
    return answerOf(taken, asked, this.deps.runs);
  }

  /** It does nothing by itself until it is resumed; what happens meanwhile is passed over. */
  pause(name: string): Promise<TriggerSummary> {
    return this.setPause(name, this.deps.clock.now());
  }

  resume(name: string): Promise<TriggerSummary> {
    return this.setPause(name, null);
  }

  /** The user has run something here, so that what stands in this folder may run by itself, too. */
  async consent(): Promise<void> {
    if (this.repository.hasConsent()) return;
    await this.settle(async () => {
      await this.repository.consent();
      await this.act();
    });
    this.listChanged.emit();
  }

  /** Whether a run has yet to begin. */
  busy(): boolean {
    return this.firings.anyWaits;
  }

  /** The schedules that are due so soon that the daemon stays for them, in words. */
  due(): string[] {
    const now = this.deps.clock.now();
    return this.acting()
      .filter(isSchedule)
      .map((called) => ({ called, at: this.schedules.nextAt(called) ?? Number.POSITIVE_INFINITY }))
      .filter(({ at }) => at - now <= SOON_MS)
      .toSorted((one, other) => one.at - other.at)
      .map(({ called: { name, trigger }, at }) => `${name} runs ${timeInWords(at, trigger.timezone)}`);
  }

  async dispose(): Promise<void> {
    this.schedules.dispose();
    await this.drifts.dispose();
    await this.datasets.dispose();
    await this.firings.dispose();
  }

  /** Who runs something here lets it run by itself, too. What came with the folder is only ever told as ended. */
  private runChanged({ ended_at, cause }: PipelineRun): void {
    const isOwn = cause === undefined || cause.kind === 'manual' || cause.kind === 'sweep';
    if (isOwn && ended_at === null) this.consent().catch(() => {});
  }

  private settle(action: () => Promise<void>): Promise<void> {
    const done = this.settling.then(action);
    this.settling = done.catch((failure: unknown) => {
      this.deps.logger.error({ err: failure }, 'the triggers of crisol.yaml could not all be set');
    });
    return done;
  }

  private async setPause(name: string, pausedAt: number | null): Promise<TriggerSummary> {
    const called = this.named(name);
    await this.settle(async () => {
      await this.forget(called.key, pausedAt);
      if (pausedAt !== null) await this.firings.giveUp(called.key, 'the trigger was paused');
      await this.act();
    });
    this.tell(called.key);
    return this.summary(called);
  }

  /** Its past is that of now: nothing is missed, and no content other than before. */
  private async forget(key: string, pausedAt: number | null): Promise<void> {
    await this.repository.keep(new Map([[key, { ...NO_MEMORY, pausedAt }]]));
    this.schedules.forget(key);
  }

  private async takeConfiguration(): Promise<void> {
    const { triggers, problem } = this.deps.configured();
    const called = callTriggers(triggers);
    const gone = this.called.filter(({ key }) => !called.some((other) => other.key === key));
    this.called = called;
    // a file that cannot be read says nothing about what is gone
    if (problem === null) await this.repository.keepOnly(called.map(({ key }) => key));
    for (const { key } of gone) {
      this.schedules.forget(key);
      await this.firings.giveUp(key, 'crisol.yaml has it no more');
    }
    await this.act();
    this.listChanged.emit();
  }

  private async act(): Promise<void> {
    const acting = this.acting();
    this.drifts.act(acting.filter(isDrift));
    await this.datasets.act(acting.flatMap((called) => this.withPaths(called)));
    await this.schedules.act(acting.filter(isSchedule));
  }

  /** Those that may act by themselves now. */
  private acting(): CalledTrigger[] {
    if (!this.repository.hasConsent()) return [];
    return this.called.filter(({ key }) => this.repository.remembered(key).pausedAt === null);
  }

  private withPaths(called: CalledTrigger): CalledDataTrigger[] {
    const { trigger } = called;
    if (trigger.kind !== 'data') return [];
    const dataset = this.deps.configured().datasets.find(({ name }) => name === trigger.dataset);
    return dataset ? [{ ...called, trigger, paths: dataset.paths.map(({ value }) => value) }] : [];
  }

  private named(name: string): CalledTrigger {
    const called = this.called.find((one) => one.name === name);
    if (called) return called;
    const names = this.called.map((one) => one.name).join(', ') || 'none';
    throw new CrisolError('TRIGGER_UNKNOWN', `There is no trigger "${name}"; there are: ${names}.`);
  }

  private summary(called: CalledTrigger): TriggerSummary {
    const { key } = called;
    return summaryOf(called, {
      pausedAt: this.repository.remembered(key).pausedAt,
      held: !this.repository.hasConsent(),
      problem: this.deps.configured().problem ?? this.datasets.problemOf(key),
      nextAt: isSchedule(called) ? this.schedules.nextAt(called) : null,
      last: this.repository.newestOf(key, 1)[0] ?? null,
    });
  }

  private tell(key: string): void {
    const called = this.called.find((one) => one.key === key);
    if (called) this.changes.emit(this.summary(called));
  }
}
