import type { JsonObject } from '../../schemas/language/json.ts';
import type { StartSweep, SweepDetail, SweepSummary, SweepTrial } from '../../schemas/wire/sweeps.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { patiently } from '../store/index.ts';
import type { KeptSweep, KeptTrial } from './kept.ts';
import type { SweepDeps } from './ports.ts';
import { SweepRepository } from './repository.ts';
import { Search } from './search.ts';
import { readSweep } from './settings.ts';
import { samplesOf } from './space/read.ts';
import { tryAgain } from './study/study.ts';

export type { Point, StartedTrial, SweepDeps, TrialEnd, TrialRunner, TrialTask } from './ports.ts';

const LISTED = 20;

type Amount = Pick<StartSweep, 'trials' | 'parallel'>;
type Wanted = Omit<StartSweep, 'name'>;

/** Searches for the best params of a step, trial by trial. */
export class Sweeps implements Disposable {
  /** a sweep or one of its trials changed */
  readonly changes = new Emitter<{ sweep: SweepSummary; trial: SweepTrial | null }>();
  /** no sweep is under way any more */
  readonly settled = new Emitter<void>();
  private readonly deps: SweepDeps;
  private readonly repository: SweepRepository;
  private readonly running = new Map<string, Search>();

  constructor(deps: SweepDeps) {
    this.deps = deps;
    this.repository = new SweepRepository(deps.store, deps.seal);
  }

  /** Answers as soon as the sweep is kept; its trials go on by themselves. `written`: what crisol.yaml says of it. */
  async start(
    name: string,
    written: JsonObject,
    { params: given = {}, ...amount }: Wanted = {},
  ): Promise<SweepSummary> {
    const seed = Buffer.from(this.deps.random(4)).readUInt32LE();
    const settings = { written: { ...written, ...amount }, seed };
    const { step, space } = readSweep(name, settings.written, seed);
    const ground = this.deps.runner.ground({ step, samples: samplesOf(space), given });
    const sweep: KeptSweep = {
      id: newId(this.deps.random),
      name,
      settings: { ...settings, ground },
      runId: null,
      state: 'running',
      reason: '',
      minResource: null,
      startedAt: this.deps.clock.now(),
      endedAt: null,
    };
    await this.repository.save(sweep);
    return this.carryOut(sweep, []).summary();
  }

  /** Goes on with one that ended before all its trials were done, or shall have more of them. */
  async resume(id: string, amount: Amount = {}): Promise<SweepSummary> {
    const current = this.running.get(id);
    if (current) return current.summary();
    const kept = this.kept(id);
    if (!this.repository.isOwn(id))
      throw new CrisolError('SWEEP_INVALID', 'This sweep was begun in another folder.', {
        hint: 'Start it anew here.',
      });
    const settings = { ...kept.settings, written: { ...kept.settings.written, ...amount } };
    const sweep: KeptSweep = { ...kept, settings, state: 'running', reason: '', endedAt: null };
    const trials = this.trialsOf(sweep);
    for (const one of trials) if (one.trial.state === 'cancelled') await this.again(sweep, one);
    await this.repository.save(sweep);
    return this.carryOut(sweep, trials).summary();
  }

  cancel(id: string): SweepSummary {
    this.running.get(id)?.cancel();
    return this.get(id).sweep;
  }

  get(id: string): SweepDetail {
    const found = this.find(id);
    if (!found) throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no sweep ${id}.`);
    return found;
  }

  find(id: string): SweepDetail | undefined {
    const kept = this.repository.find(id);
    const search = this.running.get(id) ?? (kept && this.closed(kept));
    return search && { sweep: search.summary(), trials: search.trials() };
  }

  /** The newest first. */
  list(): SweepSummary[] {
    return this.repository.list(LISTED).map((sweep) => (this.running.get(sweep.id) ?? this.closed(sweep)).summary());
  }

  busy(): boolean {
    return this.running.size > 0;
  }

  /** Whether `recover` has something to go on with. */
  wasInterrupted(): boolean {
    return this.repository.running().length > 0;
  }

  /** Goes on with what was under way when the daemon died; its trials never stopped. */
  recover(): void {
    for (const { sweep, isOwn } of this.repository.running()) {
      if (isOwn) this.carryOut(sweep, this.trialsOf(sweep));
      else this.close(sweep);
    }
  }

  /** Trials go on without us: the next daemon finds them. */
  dispose(): void {
    for (const search of this.running.values()) search.leave();
  }

  private async again(sweep: KeptSweep, one: KeptTrial): Promise<void> {
    tryAgain(one.trial);
    Object.assign(one, { attempt: one.attempt + 1, runId: null, reason: null, endedAt: null });
    one.startedAt = this.deps.clock.now();
    await this.repository.forgetPoints(sweep, one);
    await this.repository.saveTrial(sweep, one);
  }

  private kept(id: string): KeptSweep {
    const sweep = this.repository.find(id);
    if (!sweep) throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `There is no sweep ${id}.`);
    return sweep;
  }

  private closed(sweep: KeptSweep): Search {
    return this.search(sweep, this.trialsOf(sweep));
  }

  private trialsOf(sweep: KeptSweep): KeptTrial[] {
    return this.repository.trialsOf(sweep.id, planOf(sweep).space);
  }

  private search(sweep: KeptSweep, trials: KeptTrial[]): Search {
    return new Search(sweep, planOf(sweep), trials, {
      clock: this.deps.clock,
      runner: this.deps.runner,
      repository: this.repository,
      changed: (summary, trial) => this.changes.emit({ sweep: summary, trial }),
    });
  }

  private carryOut(sweep: KeptSweep, trials: KeptTrial[]): Search {
    const search = this.search(sweep, trials);
    this.running.set(sweep.id, search);
    const ended = () => {
      this.running.delete(sweep.id);
      if (this.running.size === 0) this.settled.emit();
    };
    search.run().then(ended, (thrown) => {
      this.deps.logger.error({ err: thrown, sweep: sweep.id }, 'a sweep broke off');
      ended();
    });
    return search;
  }

  /** It came with the folder, and nobody will carry it out. */
  private close(sweep: KeptSweep): void {
    const reason = 'It was under way in another folder: start it again here.';
    const closed: KeptSweep = { ...sweep, state: 'cancelled', reason, endedAt: this.deps.clock.now() };
    void this.deps.runner.giveUp(sweep.id);
    patiently(this.deps.clock, () => this.repository.save(closed)).catch((failure) =>
      this.deps.logger.error({ err: failure }, 'a sweep that came with the folder could not be closed'),
    );
  }
}

const planOf = ({ name, settings }: KeptSweep) => readSweep(name, settings.written, settings.seed);
