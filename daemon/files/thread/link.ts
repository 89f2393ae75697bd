import { Worker } from 'node:worker_threads';
import type { Clock } from '../../base/clock.ts';
import { errorOfBody } from '../../base/errors.ts';
import { programPath } from '../../base/programs.ts';
import { newWatch, stop } from '../jobs/watch.ts';
import type { LookOptions } from '../ports.ts';
import type { Answer, Call, CallFailure, Calls, KeeperOptions, Request, Role } from './protocol.ts';

interface Pending {
  resolve: (value: never) => void;
  reject: (reason: unknown) => void;
  options: LookOptions;
}

/** A thread without work is kept for so long: what it knows is at hand, and costs memory. */
const IDLE_MS = 60_000;

/** The daemon's side of `keeper.ts`. The thread starts with the first call and never keeps the process alive. */
export class KeeperLink {
  private readonly options: KeeperOptions;
  private readonly clock: Clock;
  private thread: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private isClosed = false;
  private cancelEnd: () => void = () => {};

  constructor(options: KeeperOptions, clock: Clock) {
    this.options = options;
    this.clock = clock;
  }

  call<C extends Call>(call: C, asked: Calls[C]['asked'], options: LookOptions = {}): Promise<Calls[C]['answer']> {
    if (this.isClosed) return Promise.reject(new Error('the daemon is ending'));
    return this.post(call, asked, options);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.end();
  }

  private async post<C extends Call>(call: C, asked: Calls[C]['asked'], options: LookOptions) {
    const { signal } = options;
    signal?.throwIfAborted();
    this.cancelEnd();
    const watch = newWatch();
    const request: Request<C> = { id: this.nextId++, call, asked, watch, now: this.clock.now() };
    const callOff = () => stop(watch);
    signal?.addEventListener('abort', callOff);
    try {
      return await new Promise<Calls[C]['answer']>((resolve, reject) => {
        this.pending.set(request.id, { resolve, reject, options });
        this.running().postMessage(request);
      });
    } finally {
      signal?.removeEventListener('abort', callOff);
      if (this.pending.size === 0) this.endLater();
    }
  }

  private endLater(): void {
    this.cancelEnd();
    if (!this.isClosed) this.cancelEnd = this.clock.after(IDLE_MS, () => void this.end());
  }

  private async end(): Promise<void> {
    this.cancelEnd();
    const { thread } = this;
    if (!thread) return;
    // what cannot be saved is read again
    await this.post('flush', {}, {}).catch(() => {});
    this.cancelEnd();
    // somebody asked meanwhile
    if (this.pending.size > 0 && !this.isClosed) return;
    this.thread = undefined;
    for (const { reject } of this.pending.values()) reject(new Error('the daemon is ending'));
    this.pending.clear();
    await thread.terminate();
  }

  private running(): Worker {
    if (this.thread) return this.thread;
    const role: Role = { role: 'keeper', ...this.options };
    const thread = new Worker(programPath('files-keeper'), { workerData: role });
    let reason: unknown = new Error('the thread that knows the files ended');
    thread.unref();
    thread.on('message', (answer: Answer) => this.settle(answer));
    thread.on('error', (failure) => {
      reason = failure;
    });
    // whoever asked between its failure and its end would wait for ever
    thread.on('exit', () => {
      if (this.thread !== thread) return;
      this.thread = undefined;
      for (const { reject } of this.pending.values()) reject(reason);
      this.pending.clear();
    });
    this.thread = thread;
    return thread;
  }

  private settle(answer: Answer): void {
    const waiting = this.pending.get(answer.id);
    if ('done' in answer) {
      waiting?.options.progress?.(answer.done, answer.of);
      return;
    }
    this.pending.delete(answer.id);
    if ('value' in answer) waiting?.resolve(answer.value as never);
    else waiting?.reject(asError(answer.failure, waiting.options));
  }
}

function asError({ code, message, hint }: CallFailure, { signal }: LookOptions): unknown {
  if (code === 'stopped') return signal?.reason ?? new Error(message);
  return errorOfBody({ error_code: code, message, hint });
}
