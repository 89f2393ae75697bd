import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Clock } from '../../base/clock.ts';
import { CrisolError, errorOfBody } from '../../base/errors.ts';
import type { LookOptions } from '../ports.ts';
import type { Answer, Asked, Call, CallFailure, Calls, KeeperOptions, Message } from './protocol.ts';
import { sendTo, startKeeper } from './start.ts';

interface Pending {
  resolve: (value: never) => void;
  reject: (reason: unknown) => void;
  options: LookOptions;
}

/** The process is kept for so long without work: what it knows is at hand. */
const IDLE_MS = 60_000;
/** These leave all files of the workspace as they are. */
const READING: ReadonlySet<Call> = new Set<Call>(['digest', 'changes', 'has', 'usage']);
/** Whose process was killed, by the system for its memory perhaps, gets these from the next one. */
const REPEATABLE: ReadonlySet<Call> = new Set<Call>(['digest', 'changes', 'has', 'keep', 'restore', 'usage']);

/** The daemon's side of `keeper.ts`. The process starts with the first call, and keeps nobody alive who asks nothing. */
export class KeeperLink {
  private readonly options: KeeperOptions;
  private readonly clock: Clock;
  private child: ChildProcess | undefined;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private isClosed = false;
  private trustsAhead = false;
  private cancelEnd: () => void = () => {};

  /** `ahead`: the process is there already. */
  constructor(options: KeeperOptions, clock: Clock, ahead?: ChildProcess) {
    this.options = options;
    this.clock = clock;
    if (!ahead || hasEnded(ahead)) return;
    this.follow(ahead);
    this.rest();
  }

  async call<C extends Call>(call: C, asked: Asked<C>, options: LookOptions = {}): Promise<Calls[C]['answer']> {
    if (this.isClosed) throw new Gone();
    const { signal } = options;
    signal?.throwIfAborted();
    const id = this.nextId++;
    const callOff = () => this.send({ stop: id });
    signal?.addEventListener('abort', callOff);
    try {
      return await this.ask(id, call, asked, options);
    } catch (failure) {
      if (!(failure instanceof Gone) || this.isClosed || !REPEATABLE.has(call)) throw failure;
      signal?.throwIfAborted();
      return await this.ask(id, call, asked, options);
    } finally {
      signal?.removeEventListener('abort', callOff);
      if (this.pending.size === 0) this.rest();
    }
  }

  /** Whether what was looked at ahead is as new as whoever asks from now on needs it. Once it is not, it never is again. */
  trustAhead(isNew: boolean): void {
    this.trustsAhead = isNew;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.end();
  }

  private ask<C extends Call>(id: number, call: C, asked: Asked<C>, options: LookOptions) {
    this.cancelEnd();
    return new Promise<Calls[C]['answer']>((resolve, reject) => {
      this.pending.set(id, { resolve, reject, options });
      this.running().channel?.ref();
      this.trustsAhead &&= READING.has(call);
      this.send({ id, call, asked, now: this.clock.now(), trustsAhead: this.trustsAhead });
    });
  }

  private rest(): void {
    this.child?.channel?.unref();
    // who were answered in the same moment all come by here
    this.cancelEnd();
    if (!this.isClosed) this.cancelEnd = this.clock.after(IDLE_MS, () => void this.end());
  }

  /** It ends by itself when nobody is there to ask any more, after it has saved what it knows. */
  private async end(): Promise<void> {
    this.cancelEnd();
    const { child } = this;
    if (!child) return;
    this.leave(child);
    const exited = once(child, 'exit');
    child.ref();
    if (child.connected) child.disconnect();
    await exited;
  }

  private running(): ChildProcess {
    if (this.child) return this.child;
    return this.follow(startKeeper(this.options));
  }

  private follow(child: ChildProcess): ChildProcess {
    child.on('message', (answer: Answer) => this.settle(answer));
    child.on('error', () => this.leave(child));
    child.on('exit', () => this.leave(child));
    this.child = child;
    return child;
  }

  private send(message: Message): void {
    if (this.child) sendTo(this.child, message);
  }

  /** Whoever asked it and has no answer would wait for ever. */
  private leave(child: ChildProcess): void {
    if (this.child !== child) return;
    this.child = undefined;
    for (const { reject } of this.pending.values()) reject(new Gone());
    this.pending.clear();
  }

  private settle(answer: Answer): void {
    const waiting = this.pending.get(answer.id);
    if ('done' in answer) {
      const { files, done, of } = answer;
      waiting?.options.progress?.({ files, done, of });
      return;
    }
    this.pending.delete(answer.id);
    if ('value' in answer) waiting?.resolve(answer.value as never);
    else waiting?.reject(asError(answer.failure, waiting.options));
  }
}

/** Its channel may still be open for a moment. */
const hasEnded = ({ connected, exitCode, signalCode }: ChildProcess): boolean =>
  !connected || exitCode !== null || signalCode !== null;

class Gone extends CrisolError {
  constructor() {
    super('TEMPORARILY_UNAVAILABLE', 'The program that reads files has ended.');
  }
}

function asError({ code, message, hint }: CallFailure, { signal }: LookOptions): unknown {
  if (code === 'stopped') return signal?.reason ?? new Error(message);
  return errorOfBody({ error_code: code, message, hint });
}
