import { formatDuration } from '../../../schemas/duration.ts';
import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { messageOf } from '../../base/errors.ts';
import type { StepState } from '../cache/index.ts';
import type { StepExit, StepHandle } from '../executors/port.ts';
import { lastWords, NO_WORDS } from '../last-words.ts';
import type { RunPlan } from '../repository.ts';
import { Cancelled } from './cancelled.ts';
import { FoldedAttempt, failedFold } from './folded-attempt.ts';
import type { Verdict } from './judge.ts';
import { judge, retryAfter, withoutDeps } from './judge.ts';
import type { BegunStep, EngineParts, KeptStep } from './parts.ts';
import { followProgress } from './progress.ts';
import { secondsSince } from './seconds.ts';
import type { Turns } from './turns.ts';

interface StepRoom {
  run: PipelineRun;
  /** with all values in it, but secrets */
  step: PlannedStep;
  plan: RunPlan;
  kept: KeptStep;
  signal: AbortSignal;
  turns: Turns | undefined;
  parts: EngineParts;
}

/**
 * One step on its way: its turn and its paths, an earlier result of the same key, or else processors and attempts. Throws
 * `Cancelled` when it goes no further.
 */
export class RunningStep {
  private readonly room: StepRoom;
  private readonly held: (() => void)[] = [];
  private gpus: readonly number[] = [];
  private said = NO_WORDS;

  constructor(room: StepRoom) {
    this.room = room;
  }

  async carryOut(): Promise<void> {
    const { begun } = this.room.kept;
    try {
      if (begun) await this.takeOver(begun);
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
    if (turns) this.held.push(await this.waiting('its turn', turns.acquire(signal)));
    this.held.push(await this.waiting('a run that uses the same files', parts.leases.acquire(step, signal)));
    const key = await this.waiting('its files, which are looked at', parts.cache.partsFor(step, plan.params));
    const found = await parts.cache.state(step, key);
    signal.throwIfAborted();
    if (found.state !== 'changed' && !run.forced && !this.isDebugged) return this.restore(key, found);
    kept.run.reason = found.state === 'changed' ? found.reason : 'it was asked for';
    const share = await this.waiting(
      'free processors or memory',
      parts.pool.acquire(run.run_id, step.resources, signal),
    );
    this.gpus = share.gpus;
    this.held.push(share.release);
    await this.attempts(key);
  }

  private get isDebugged(): boolean {
    return this.room.run.debug?.step === this.room.step.name;
  }

  /** What ran when the daemon died goes on. Of what nobody knows nothing is left, and it runs again. */
  private async takeOver(begun: BegunStep): Promise<void> {
    const { run, step, kept, turns, parts } = this.room;
    if (turns) this.held.push(turns.take());
    this.held.push(parts.leases.take(step));
    const share = parts.pool.take(run.run_id, step.resources, begun.gpus ?? []);
    this.gpus = share.gpus;
    this.held.push(share.release);
    if (step.folds && kept.run.folds?.length) return this.attempts(begun.key, undefined, true);
    const adopted = await parts.executor.adopt(kept.run.child_run_id ?? '');
    if (!adopted) begun.losses++;
    await this.attempts(begun.key, adopted);
  }

  private async restore(key: KeyParts, { result, reason }: StepState): Promise<void> {
    const { run, step, kept, parts } = this.room;
    const started_at = parts.clock.now();
    if (!result) throw new Error('there is no result to restore');
    await parts.cache.restore(step, key, result, parts.asideOf(run, step));
    await this.repeat(result.metrics);
    kept.metrics = result.metrics;
    const seconds = secondsSince(started_at, parts.clock);
    const child_run_id = result.runId || undefined;
    Object.assign(kept.run, { state: 'succeeded', cached: true, reason, started_at, seconds, child_run_id });
    if (step.folds && child_run_id) kept.run.folds = await parts.folds.of(child_run_id);
  }

  /** As if it had run: what variants log is theirs alone. */
  private async repeat(metrics: Record<string, number>): Promise<void> {
    const { run, step, kept, parts } = this.room;
    if (step.matrix) return;
    const { names, note } = await parts.logWritten(step, run.run_id, false);
    const others = Object.entries(metrics).filter(([name]) => !names.has(name));
    await parts.tracking.repeat(run, step, Object.fromEntries(others));
    kept.run.note = note;
  }

  private async attempts(key: KeyParts, adopted?: StepHandle, isTakenOver = false): Promise<void> {
    for (let handle = adopted, isOn = isTakenOver; ; handle = undefined, isOn = false) {
      const exit = await this.attempt(key, handle, isOn);
      const verdict = await this.judged(exit, key);
      await this.endAttempt(verdict);
      if (verdict.state === 'succeeded') return;
      const pause = this.pauseAfter(exit);
      if (pause === null) return;
      if (pause > 0) await this.waiting(`another attempt in ${inWords(pause)}: ${verdict.reason}`, this.sleep(pause));
    }
  }

  private async attempt(key: KeyParts, adopted: StepHandle | undefined, isTakenOver: boolean): Promise<StepExit> {
    const { step } = this.room;
    if (!step.folds) return this.exitOf(adopted ?? this.start(await this.prepare(key)));
    const folded = new FoldedAttempt(this.room, {
      start: (runId, env) => this.start(runId, env),
      exitOf: (handle) => this.exitOf(handle),
    });
    if (!isTakenOver) {
      await this.prepare(key);
      await folded.divide();
    }
    return folded.carryOut();
  }

  /** Kept before it starts: after our death, a step that may be running is looked for. */
  private async prepare(key: KeyParts): Promise<string> {
    const { run, step, kept, signal, parts } = this.room;
    const childId = await parts.tracking.startStep(run, step);
    const attempt = (kept.run.attempt ?? 0) + 1;
    const started_at = kept.run.started_at ?? parts.clock.now();
    Object.assign(kept.run, { state: 'running', attempt, started_at, child_run_id: childId });
    kept.begun = { key, losses: kept.begun?.losses ?? 0, gpus: this.gpus };
    await parts.keep(run, kept);
    signal.throwIfAborted();
    await parts.cache.makeRoom(step, parts.asideOf(run, step));
    return childId;
  }

  private start(childId: string, env: Record<string, string> = {}): StepHandle {
    const { run, step, parts } = this.room;
    try {
      const task = parts.taskFor(run, step, { childId, gpus: this.gpus });
      return parts.executor.start({ ...task, env: { ...task.env, ...env } });
    } catch (thrown) {
      return neverStarted(`it could not be started: ${messageOf(thrown)}`);
    }
  }

  private async exitOf(handle: StepHandle): Promise<StepExit> {
    const { run, kept, signal, parts } = this.room;
    const cancel = () => handle.cancel();
    const watching = followProgress(handle, (progress) => {
      kept.run.progress = progress;
      parts.tell(run);
    });
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      const exit = await handle.exit;
      const isFine = exit.how === 'exited' && exit.code === 0;
      this.said = isFine ? NO_WORDS : await lastWords(handle);
      kept.run.tail = isFine ? undefined : this.said.tail;
      return exit;
    } finally {
      void watching.dispose();
      kept.run.progress = undefined;
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Its outs are kept, or what it left half-written goes out of the way. */
  private async judged(exit: StepExit, key: KeyParts): Promise<Verdict> {
    const { run, step, kept, signal, parts } = this.room;
    const verdict = judge(exit, this.said.telling, inWords(step.timeoutMs ?? 0));
    const counted = verdict.state === 'succeeded' ? await this.recorded(key) : verdict;
    if (counted.state === 'succeeded') return counted;
    await parts.cache.abandon(step, parts.asideOf(run, step));
    if (exit.how === 'exited') counted.reason = withoutDeps(counted.reason, key.deps);
    const fold = failedFold(kept.run);
    if (fold !== null) counted.reason = `${fold}: ${counted.reason}`;
    return signal.aborted && counted.state === 'cancelled' ? { ...counted, reason: wordsOf(signal) } : counted;
  }

  /** A step that did not write what it says has failed; one whose result cannot be kept has not. */
  private async recorded(key: KeyParts): Promise<Verdict> {
    const { step, plan, kept, parts } = this.room;
    const { started_at, reason, child_run_id: runId = '' } = kept.run;
    const seconds = secondsSince(started_at, parts.clock);
    // of folds each has its own
    if (!step.folds) kept.run.note = (await parts.logWritten(step, runId, true)).note;
    const answer = await parts.cache.record(step, key, parts.paramsNow(plan), { runId, seconds });
    if (answer.kind === 'outs missing') return { state: 'failed', reason: answer.reason };
    // else nobody would know why it runs again
    if (answer.kind === 'not kept') kept.run.note = [kept.run.note, answer.reason].filter(Boolean).join('; ');
    kept.metrics = parts.tracking.metricsOf(runId);
    return { state: 'succeeded', reason };
  }

  private async endAttempt({ state, reason }: Verdict): Promise<void> {
    const { kept, parts } = this.room;
    const { run, begun } = kept;
    const seconds = secondsSince(run.started_at, parts.clock);
    Object.assign(run, { state, reason, seconds });
    await parts.tracking.finish(run.child_run_id ?? '', state);
    if (begun) kept.begun = { ...begun };
  }

  private pauseAfter(exit: StepExit): number | null {
    const { step, kept } = this.room;
    const { begun, run } = kept;
    // the debugger waits for one attempt
    if (!begun || this.isDebugged) return null;
    if (exit.how === 'lost') begun.losses++;
    const attempt = (run.attempt ?? 1) - begun.losses;
    return retryAfter(step.retry, exit, { attempt, losses: begun.losses });
  }

  private sleep(ms: number): Promise<void> {
    const { signal, parts } = this.room;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = parts.clock.after(ms, resolve);
    const giveUp = () => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    return promise.finally(() => {
      stop();
      signal.removeEventListener('abort', giveUp);
    });
  }

  /** Says what it waits for as long as it does. */
  private async waiting<T>(words: string, work: Promise<T>): Promise<T> {
    const { run, kept, parts } = this.room;
    kept.run.waits_for = words;
    parts.tell(run);
    try {
      return await work;
    } finally {
      kept.run.waits_for = undefined;
    }
  }
}

function neverStarted(reason: string): StepHandle {
  return {
    started: Promise.resolve(),
    exit: Promise.resolve({ code: null, how: 'not-started', reason }),
    cancel() {},
    log: async () => ({ bytes: Buffer.alloc(0), nextOffset: 0, size: 0, ended: true }),
    onLog: () => ({ dispose() {} }),
    usage: () => undefined,
  };
}

const inWords = (ms: number): string => (ms < 60_000 ? `${ms / 1000} s` : formatDuration(ms));

const wordsOf = ({ reason }: AbortSignal): string =>
  reason instanceof Cancelled ? reason.message : 'it was cancelled';
