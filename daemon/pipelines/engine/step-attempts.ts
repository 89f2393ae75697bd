import { formatDuration } from '../../../schemas/duration.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import type { Progress } from '../../../schemas/pipelines/progress.ts';
import { messageOf } from '../../base/errors.ts';
import type { Recorded } from '../cache/index.ts';
import type { StepExit, StepHandle } from '../executors/port.ts';
import type { FoldFacts } from '../folds.ts';
import { Cancelled } from './cancelled.ts';
import { FoldedAttempt, failedFold } from './folded-attempt.ts';
import type { Verdict } from './judge.ts';
import { judge, retryAfter, withoutDeps } from './judge.ts';
import { lastWords, NO_WORDS } from './last-words.ts';
import { followProgress } from './progress.ts';
import { secondsSince } from './seconds.ts';
import type { StepRoom } from './step-room.ts';
import { isDebugged, waiting } from './step-room.ts';

interface Begun {
  adopted?: StepHandle;
  isTakenOver?: boolean;
}

/** Attempts at a step that has all that it needs, until one succeeds or there is to be no other. */
export class StepAttempts {
  private readonly room: StepRoom;
  private readonly gpus: readonly number[];
  private said = NO_WORDS;

  /** `gpus`: which graphics processors it may use */
  constructor(room: StepRoom, gpus: readonly number[]) {
    this.room = room;
    this.gpus = gpus;
  }

  /** `adopted`: what runs already; `isTakenOver`: folds that were begun before our time. */
  async carryOut(key: KeyParts, { adopted, isTakenOver = false }: Begun = {}): Promise<void> {
    for (let handle = adopted, isOn = isTakenOver; ; handle = undefined, isOn = false) {
      const exit = await this.attempt(key, handle, isOn);
      const verdict = await this.judged(exit, key);
      await this.endAttempt(verdict);
      if (verdict.state !== 'failed') return;
      const pause = this.pauseAfter(exit);
      if (pause === null) return;
      if (pause > 0)
        await waiting(this.room, `another attempt in ${inWords(pause)}: ${verdict.reason}`, this.sleep(pause));
    }
  }

  private async attempt(key: KeyParts, adopted: StepHandle | undefined, isTakenOver: boolean): Promise<StepExit> {
    const { step } = this.room;
    if (!step.folds) return this.exitOf(adopted ?? this.start(await this.prepare(key)));
    const folded = new FoldedAttempt(this.room, {
      start: (runId, fold) => this.start(runId, fold),
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
    await parts.cache.makeRoom(step, parts.asideOf(run, step), { signal });
    return childId;
  }

  private start(childId: string, fold?: FoldFacts): StepHandle {
    const { run, step, parts } = this.room;
    try {
      return parts.executor.start(parts.taskFor(run, step, { childId, gpus: this.gpus, fold }));
    } catch (thrown) {
      return neverStarted(`it could not be started: ${messageOf(thrown)}`);
    }
  }

  private async exitOf(handle: StepHandle): Promise<StepExit> {
    const { kept, signal } = this.room;
    const cancel = () => handle.cancel();
    const watching = followProgress(handle, (progress) => this.tell(progress));
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
    const { step, plan, kept, signal, parts } = this.room;
    const { started_at, reason, child_run_id: runId = '' } = kept.run;
    const seconds = secondsSince(started_at, parts.clock);
    // of folds each has its own
    if (!step.folds) kept.run.note = (await parts.logWritten(step, runId, true)).note;
    const answer = await this.kept(() =>
      parts.cache.record(
        step,
        key,
        parts.paramsNow(plan),
        { runId, seconds },
        { signal, tell: (now) => this.tell(now) },
      ),
    );
    if (answer === 'called off') return { state: 'cancelled', reason: wordsOf(signal) };
    if (answer.kind === 'outs missing') return { state: 'failed', reason: answer.reason };
    // else nobody would know why it runs again
    if (answer.kind === 'not kept') kept.run.note = [kept.run.note, answer.reason].filter(Boolean).join('; ');
    kept.metrics = parts.tracking.metricsOf(runId);
    return { state: 'succeeded', reason };
  }

  /** Copying what it wrote may take longer than writing it did: that is told, and may be called off. */
  private async kept(work: () => Promise<Recorded>): Promise<Recorded | 'called off'> {
    const { kept, signal } = this.room;
    try {
      return await work();
    } catch (thrown) {
      if (signal.aborted) return 'called off';
      throw thrown;
    } finally {
      kept.run.progress = undefined;
    }
  }

  private tell(progress: Progress): void {
    const { run, kept, parts } = this.room;
    kept.run.progress = progress;
    parts.tell(run);
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
    if (!begun || isDebugged(this.room)) return null;
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
