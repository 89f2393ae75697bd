import { setImmediate } from 'node:timers/promises';
import type { DataTriggerModel } from '../../../schemas/language/trigger-model.ts';
import type { CalledTrigger } from '../../../schemas/language/trigger-names.ts';
import type { Disposable } from '../../base/disposables.ts';
import { Disposables } from '../../base/disposables.ts';
import { messageOf } from '../../base/errors.ts';
import { contentAt, meet } from '../../files/index.ts';
import type { Firings } from '../firings.ts';
import { firingFor } from '../occasions.ts';
import type { TriggerDeps } from '../ports.ts';
import type { TriggerRepository } from '../repository.ts';
import { FolderWatch } from './folder-watch.ts';

/** Nothing was written for so long: whoever writes has come to an end. */
const QUIET_MS = 2_000;
/** Data that change during each run of theirs, so many times: the run may be what changes them. */
const SUSPICIOUS = 3;
const HOLD_OFF_MS = 60_000;
const LONGEST_HOLD_OFF_MS = 3_600_000;

export interface CalledDataTrigger extends CalledTrigger {
  trigger: DataTriggerModel;
  paths: readonly string[];
}

export interface DatasetDeps extends Pick<TriggerDeps, 'clock' | 'logger' | 'runs' | 'data'> {
  repository: TriggerRepository;
  firings: Firings;
  /** there is another problem than before, or none any more */
  problemChanged: (key: string) => void;
}

/** Runs when other data lie there than when it last looked. */
export class DatasetTrigger implements Disposable {
  private readonly called: CalledDataTrigger;
  private readonly deps: DatasetDeps;
  private readonly watch: FolderWatch;
  private readonly listening = new Disposables();
  private readonly ending = new AbortController();
  private cancelWait = () => {};
  private looking: Promise<void> = Promise.resolve();
  /** since the last look: something may have changed, a run was under way, and both at once */
  private stirred = true;
  private sawRun: boolean;
  private stirredByRun = false;
  private stirredAt = Number.NEGATIVE_INFINITY;
  private firedAt: number;
  private inARow = 0;
  private failure: string | null = null;
  /** looks in a row that could not be trusted to be told of what changes next */
  private blindLooks = 0;
  private told: string | null = null;

  constructor(called: CalledDataTrigger, deps: DatasetDeps) {
    this.called = called;
    this.deps = deps;
    // what it writes itself may have been written while nobody looked
    this.sawRun = true;
    this.watch = new FolderWatch(deps.data.workspace, called.paths, () => this.stir());
    this.firedAt = deps.repository.newestOf(called.key, 1)[0]?.at ?? Number.NEGATIVE_INFINITY;
    this.listening.add(
      deps.runs.changes.on(() => {
        this.sawRun ||= deps.runs.busy();
      }),
    );
    this.listening.add(deps.runs.settled.on(() => this.runEnded()));
  }

  /** What keeps it from acting as it should, in words. */
  get problem(): string | null {
    if (this.failure !== null) return this.failure;
    const { dataset } = this.called.trigger;
    if (this.inARow < SUSPICIOUS) return this.watch.problem ?? this.nothingThere();
    return `${dataset} changes during each run, so it waits ever longer: name what a step writes in its outs`;
  }

  /** Whoever changes crisol.yaml may have mended more than that. */
  reconsider(): void {
    if (this.failure === null && !this.watch.isBlind) return;
    this.stirred = true;
    this.lookSoon(0);
  }

  /** Looks at what changed while nobody was here. */
  begin(): Promise<void> {
    return this.look();
  }

  async dispose(): Promise<void> {
    this.cancelWait();
    this.ending.abort();
    this.watch.dispose();
    await this.listening.dispose();
    await this.looking;
  }

  private stir(): void {
    this.stirred = true;
    this.stirredAt = this.deps.clock.now();
    if (this.deps.runs.busy()) this.stirredByRun = true;
    this.lookSoon(QUIET_MS);
  }

  /**
   * What a run wrote is looked at when it has ended, whether or not anything was seen of it. Its own outs are whole by then,
   * and are looked at before somebody else writes there; others may be in the midst of it.
   */
  private runEnded(): void {
    if (this.sawRun) this.stirred = true;
    const quiet = this.deps.clock.now() - this.stirredAt;
    // a clock that was set back makes nobody wait longer
    this.lookSoon(this.isOwnOut() || quiet < 0 ? 0 : Math.max(QUIET_MS - quiet, 0));
  }

  private lookSoon(ms: number): void {
    if (!this.stirred || this.ending.signal.aborted) return;
    this.cancelWait();
    this.cancelWait = this.deps.clock.after(Math.min(ms, LONGEST_HOLD_OFF_MS), () => void this.look());
  }

  private look(): Promise<void> {
    this.looking = this.looking
      .then(() => this.lookNow())
      .catch((failure: unknown) => this.fail(failure))
      .then(() => this.tellProblem());
    return this.looking;
  }

  private fail(failure: unknown): void {
    if (this.ending.signal.aborted) return;
    this.failure = messageOf(failure);
    this.deps.logger.warn({ err: failure, trigger: this.called.name }, 'a dataset could not be looked at');
    this.lookLater();
  }

  /** Nobody tells when it will be better: it looks again, ever more seldom. */
  private lookLater(): void {
    this.stirred = true;
    this.lookSoon(HOLD_OFF_MS * 2 ** this.blindLooks++);
  }

  private tellProblem(): void {
    const { problem } = this;
    if (problem === this.told || this.ending.signal.aborted) return;
    this.told = problem;
    this.deps.problemChanged(this.called.key);
  }

  /** What a step writes itself is there once it has run. */
  private nothingThere(): string | null {
    const [first] = this.isOwnOut() ? [] : this.watch.gone;
    return first === undefined ? null : `nothing lies at ${first}: it acts once something is there`;
  }

  private async lookNow(): Promise<void> {
    const { clock, runs, data } = this.deps;
    // when it has ended, settled tells
    if (runs.busy() || this.ending.signal.aborted) return;
    // a clock that was set back makes nobody wait longer
    const left = Math.min(this.firedAt - clock.now(), 0) + this.pauseMs();
    if (left > 0) return this.lookSoon(left);
    const { sawRun, stirredByRun: byRun } = this;
    const isOwn = sawRun && this.isOwnOut();
    this.stirred = false;
    this.sawRun = false;
    this.stirredByRun = false;
    await this.watch.renew();
    const content = await contentAt(this.called.paths, { ...data, signal: this.ending.signal });
    await heard();
    if (this.ending.signal.aborted) return;
    this.failure = null;
    if (this.isDisturbed()) {
      this.sawRun ||= sawRun;
      return;
    }
    await this.decide(content, { isOwn, byRun });
    if (this.watch.isBlind) this.lookLater();
    else this.blindLooks = 0;
  }

  /** While it was read somebody wrote, or a run began: what was read may be half of each, and is read again. */
  private isDisturbed(): boolean {
    if (this.deps.runs.busy()) this.stirred = true;
    return this.stirred;
  }

  private async decide(content: string | null, { isOwn, byRun }: { isOwn: boolean; byRun: boolean }): Promise<void> {
    const { repository, firings, clock } = this.deps;
    const { key, trigger } = this.called;
    const memory = repository.remembered(key);
    // data that are away may come back as they were
    if (content === null || content === memory.content) return;
    const now = new Map([[key, { ...memory, content }]]);
    if (memory.content === null || isOwn || firings.waits(key)) {
      await firings.take([], now);
      return;
    }
    const at = clock.now();
    this.inARow = byRun ? this.inARow + 1 : 0;
    this.firedAt = at;
    const reason = `${trigger.dataset} changed`;
    await firings.take([firingFor(this.called, { word: `${at} ${content.slice(0, 16)}`, at, reason })], now);
  }

  private pauseMs(): number {
    const { cooldownMs } = this.called.trigger;
    if (this.inARow < SUSPICIOUS) return cooldownMs;
    return Math.max(cooldownMs, Math.min(HOLD_OFF_MS * 2 ** (this.inARow - SUSPICIOUS), LONGEST_HOLD_OFF_MS));
  }

  /** Whether a step of the pipeline writes it. */
  private isOwnOut(): boolean {
    const { paths } = this.called;
    return this.deps.runs.writes().some((out) => paths.some((path) => meet(out, path)));
  }
}

/** An answer may overtake what the system has told of the files that it is about: both are there, and either may be taken first. */
async function heard(): Promise<void> {
  for (const _turn of [1, 2]) await setImmediate();
}
