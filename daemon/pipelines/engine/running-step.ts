import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import type { StepState } from '../cache/index.ts';
import { Cancelled } from './cancelled.ts';
import type { Claim } from './claim.ts';
import { claimOf } from './claim.ts';
import type { BegunStep, Logged } from './parts.ts';
import { secondsSince } from './seconds.ts';
import { StepAttempts } from './step-attempts.ts';
import type { StepRoom } from './step-room.ts';
import { isDebugged, waiting, waitingForFiles } from './step-room.ts';

/**
 * One step on its way: its turn and its paths, an earlier result of the same key, or else processors and attempts. Throws
 * `Cancelled` when it goes no further.
 */
export class RunningStep {
  private readonly room: StepRoom;
  private readonly held: (() => void)[] = [];

  constructor(room: StepRoom) {
    this.room = room;
  }

  async carryOut(): Promise<void> {
    const { claim, kept } = this.room;
    try {
      if (kept.begun) await this.takeOver(claim ?? this.claim(kept.begun));
      else await this.decide();
    } catch (thrown) {
      await this.endBroken(thrown);
      throw thrown;
    } finally {
      for (const giveBack of this.held.reverse()) giveBack();
    }
  }

  /** Its run in tracking is there, and nothing that it would wait for. */
  private async endBroken(thrown: unknown): Promise<void> {
    const { kept, parts } = this.room;
    const { state, child_run_id } = kept.run;
    if (state !== 'running' || child_run_id === undefined) return;
    await parts.tracking.finish(child_run_id, thrown instanceof Cancelled ? 'cancelled' : 'failed');
  }

  private async decide(): Promise<void> {
    const { run, step, plan, kept, signal, turns, parts } = this.room;
    if (turns) this.held.push(await waiting(this.room, 'its turn', turns.acquire(signal)));
    this.held.push(await waiting(this.room, 'a run that uses the same files', parts.leases.acquire(step, signal)));
    const [key, found] = await waitingForFiles(this.room, 'its files, which are looked at', async (options) => {
      const its = await parts.cache.partsFor(step, plan.params, options);
      return [its, await parts.cache.state(step, its, options)] as const;
    });
    signal.throwIfAborted();
    if (found.state !== 'changed' && !run.forced && !isDebugged(this.room)) return this.restore(key, found);
    kept.run.reason = found.state === 'changed' ? found.reason : 'it was asked for';
    const share = await waiting(
      this.room,
      'free processors or memory',
      parts.pool.acquire(run.run_id, step.resources, signal),
    );
    this.held.push(share.release);
    await new StepAttempts(this.room, share.gpus).carryOut(key);
  }

  private claim(begun: BegunStep): Claim {
    const { run, step, turns, parts } = this.room;
    return claimOf(begun, { ...parts, run: run.run_id, resources: step.resources, turns });
  }

  /** What ran when the daemon died goes on. Of what nobody knows nothing is left, and it runs again. */
  private async takeOver({ begun, gpus, giveBack }: Claim): Promise<void> {
    const { step, kept, parts } = this.room;
    this.held.push(giveBack);
    const attempts = new StepAttempts(this.room, gpus);
    if (step.folds && kept.run.folds?.length) return attempts.carryOut(begun.key, { isTakenOver: true });
    const adopted = await parts.executor.adopt(kept.run.child_run_id ?? '');
    if (!adopted) begun.losses++;
    await attempts.carryOut(begun.key, { adopted });
  }

  private async restore(key: KeyParts, { result, reason }: StepState): Promise<void> {
    const { run, step, kept, parts } = this.room;
    const started_at = parts.clock.now();
    if (!result) throw new Error('there is no result to restore');
    await waitingForFiles(this.room, 'its outs, which are brought back', (options) =>
      parts.cache.restore(step, key, result, parts.asideOf(run, step), options),
    );
    await this.repeat(result);
    kept.metrics = result.metrics;
    const seconds = secondsSince(started_at, parts.clock);
    const child_run_id = result.runId || undefined;
    Object.assign(kept.run, { state: 'succeeded', cached: true, reason, started_at, seconds, child_run_id });
    if (step.folds && child_run_id) kept.run.folds = await parts.folds.of(child_run_id);
  }

  /** As if it had run: what variants log is theirs alone. */
  private async repeat({ runId, metrics }: Logged): Promise<void> {
    const { run, step, kept, parts } = this.room;
    if (step.matrix) return;
    const { names, note } = await parts.logWritten(step, run.run_id, false);
    const others = Object.entries(metrics).filter(([name]) => !names.has(name));
    await parts.tracking.repeat(run, step, { runId, metrics: Object.fromEntries(others) });
    kept.run.note = note;
  }
}
