import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { Firing } from '../../schemas/wire/triggers.ts';
import type { Disposable } from '../base/disposables.ts';
import { Disposables } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { messageOf } from '../base/errors.ts';
import type { TriggerDeps } from './ports.ts';
import type { KeptFiring, Memory } from './records.ts';
import { isOpen } from './records.ts';
import type { TriggerRepository } from './repository.ts';

/** More would be run when nobody remembers why. */
const MOST_WAITING = 100;

const COPIED = 'this folder was copied from elsewhere: it is not begun again here';
const RUN_BEFORE = 'the run before is still under way';

type Deps = Pick<TriggerDeps, 'runs' | 'logger'> & { repository: TriggerRepository };

/** From an occasion to its run, which begins once: one thing at a time, in the order in which they were asked for. */
export class Firings implements Disposable {
  /** one changed; it is kept */
  readonly changes = new Emitter<KeptFiring>();
  private readonly deps: Deps;
  /** those under way, the oldest first */
  private readonly open = new Map<string, KeptFiring>();
  /** they come from before our start: their runs may have begun */
  private readonly uncertain = new Set<string>();
  private readonly listening = new Disposables();
  private turn: Promise<unknown> = Promise.resolve();
  private ended = false;

  constructor(deps: Deps) {
    this.deps = deps;
    this.listening.add(deps.runs.changes.on((run) => this.runChanged(run)));
  }

  /** Goes on with what was under way when the last daemon ended. */
  recover(): Promise<void> {
    return this.inTurn(async () => {
      const { own, foreign } = this.deps.repository.open();
      for (const firing of foreign) await this.change(firing, { state: 'failed', reason: COPIED });
      for (const firing of own) {
        this.open.set(firing.told.id, firing);
        this.uncertain.add(firing.told.id);
      }
      for (const firing of own) await this.lookAtRun(firing);
      await this.beginAll();
    });
  }

  /** Keeps them with what is remembered of their triggers, and begins those that may. Answers each as it is then. */
  take(firings: readonly KeptFiring[], memories: ReadonlyMap<string, Memory> = new Map()): Promise<Taken[]> {
    return this.inTurn(async () => {
      const judged: KeptFiring[] = [];
      for (const firing of firings) judged.push(this.judged(firing, judged.filter(isOpen)));
      const fresh = new Set(await this.deps.repository.keep(memories, judged));
      for (const firing of fresh) {
        if (isOpen(firing)) this.open.set(firing.told.id, firing);
        this.changes.emit(firing);
      }
      await this.beginAll();
      return judged.map((firing) =>
        fresh.has(firing) ? { firing, repeated: false } : { firing: this.known(firing), repeated: true },
      );
    });
  }

  /** Those that wait are given up: their trigger was paused, or is gone. */
  giveUp(key: string, reason: string): Promise<void> {
    return this.inTurn(async () => {
      for (const firing of this.openOf(key)) {
        if (firing.told.state === 'waiting') await this.change(firing, { state: 'skipped', reason });
      }
    });
  }

  /** Whether one of this trigger has yet to begin. */
  waits(key: string): boolean {
    return this.openOf(key).some(({ told }) => told.state === 'waiting');
  }

  /** Whether one of any trigger has yet to begin. */
  get anyWaits(): boolean {
    return [...this.open.values()].some(({ told }) => told.state === 'waiting');
  }

  /** The keys of triggers with something under way. */
  keys(): Set<string> {
    return new Set([...this.open.values()].map(({ key }) => key));
  }

  async dispose(): Promise<void> {
    this.ended = true;
    await this.listening.dispose();
    await this.turn;
  }

  private inTurn<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    const answer = this.turn.then(action);
    this.turn = answer.catch((failure: unknown) => {
      this.deps.logger.error({ err: failure }, 'a trigger could not act');
    });
    return answer;
  }

  private known({ told, ...firing }: KeptFiring): KeptFiring {
    return this.open.get(told.id) ?? this.deps.repository.find(told.id) ?? { told, ...firing };
  }

  private openOf(key: string): KeptFiring[] {
    return [...this.open.values()].filter((firing) => firing.key === key);
  }

  private judged(firing: KeptFiring, beside: readonly KeptFiring[]): KeptFiring {
    const { told, wanted, key } = firing;
    const before = [...this.openOf(key), ...beside.filter((other) => other.key === key)];
    if (told.state !== 'waiting' || before.length === 0) return firing;
    const skipped = (reason: string): KeptFiring => ({ ...firing, told: { ...told, state: 'skipped', reason } });
    if (wanted.overlap === 'skip') return skipped(RUN_BEFORE);
    return before.length > MOST_WAITING ? skipped(`${MOST_WAITING} of its runs wait already`) : firing;
  }

  private async beginAll(): Promise<void> {
    for (const firing of [...this.open.values()]) {
      if (this.ended || firing.told.state !== 'waiting') continue;
      if (firing.wanted.overlap !== 'allow' && (await this.isHeldUp(firing))) await this.wait(firing);
      else await this.begin(firing);
    }
  }

  /** By those of its trigger that came before; one that replaces them ends them. */
  private async isHeldUp(firing: KeptFiring): Promise<boolean> {
    const { id } = firing.told;
    const all = this.openOf(firing.key);
    const before = all.slice(
      0,
      all.findIndex(({ told }) => told.id === id),
    );
    if (firing.wanted.overlap === 'replace') for (const other of before) await this.replace(other);
    return before.some(({ told }) => this.open.has(told.id));
  }

  private async replace(firing: KeptFiring): Promise<void> {
    const { state, run_id } = firing.told;
    if (state === 'waiting') await this.change(firing, { state: 'skipped', reason: 'a newer one took its place' });
    else if (run_id !== null) this.deps.runs.cancel(run_id);
  }

  private async wait(firing: KeptFiring): Promise<void> {
    // why it is there at all is not forgotten: what was missed stays said
    if (firing.told.reason === '') await this.change(firing, { reason: RUN_BEFORE });
  }

  private async begin(firing: KeptFiring): Promise<void> {
    const { wanted, told } = firing;
    const { id } = told;
    try {
      const begun = this.uncertain.delete(id) ? this.deps.runs.startedBy(id) : undefined;
      const { steps, params, cause } = wanted;
      const run = begun ?? (await this.deps.runs.start({ cause: { ...cause, key: id }, steps, params }));
      const reason = told.reason === RUN_BEFORE ? '' : told.reason;
      await this.change(firing, { state: 'running', run_id: run.run_id, reason });
      await this.lookAtRun(firing);
    } catch (thrown) {
      this.deps.logger.warn({ err: thrown, trigger: told.trigger }, 'a trigger could not begin its run');
      await this.change(firing, { state: 'failed', reason: messageOf(thrown) });
    }
  }

  private runChanged({ run_id, ended_at }: PipelineRun): void {
    if (ended_at === null) return;
    const firing = [...this.open.values()].find(({ told }) => told.run_id === run_id);
    if (!firing) return;
    void this.inTurn(async () => {
      await this.lookAtRun(firing);
      await this.beginAll();
    });
  }

  /** A run may end before we know that it is ours. */
  private async lookAtRun(firing: KeptFiring): Promise<void> {
    const { state, run_id } = firing.told;
    if (state !== 'running' || run_id === null) return;
    const run = this.deps.runs.find(run_id);
    if (run?.ended_at === null) return;
    await this.change(firing, { state: 'ended', result: run?.state ?? null });
  }

  /** What cannot be kept now is known all the same: after our death it is found by its run. */
  private async change(firing: KeptFiring, change: Partial<Firing>): Promise<void> {
    Object.assign(firing.told, change);
    if (!isOpen(firing)) this.open.delete(firing.told.id);
    await this.deps.repository.update(firing).catch((failure: unknown) => {
      this.deps.logger.warn({ err: failure, trigger: firing.told.trigger }, 'what a trigger did could not be kept');
    });
    this.changes.emit(firing);
  }
}

export interface Taken {
  firing: KeptFiring;
  /** it was taken before */
  repeated: boolean;
}
