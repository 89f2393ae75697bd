import { Worker } from 'node:worker_threads';
import { ERRORS } from '../../schemas/errors.ts';
import { errorOfBody } from '../base/errors.ts';
import { programPath } from '../base/programs.ts';
import type { ReadAnswer, ReaderData, ReadFailure, ReadRequest } from './reader.ts';

interface Pending {
  resolve: (rows: unknown[]) => void;
  reject: (reason: unknown) => void;
}

/** The daemon's side of `reader.ts`. The thread starts with the first long read and never keeps the process alive. */
export class LongReads {
  private thread: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private closed = false;
  private readonly data: ReaderData;

  constructor(data: ReaderData) {
    this.data = data;
  }

  query(sql: string, params: readonly unknown[]): Promise<unknown[]> {
    if (this.closed) return Promise.reject(new Error('the store was closed'));
    const request: ReadRequest = { id: this.nextId++, sql, params };
    return new Promise((resolve, reject) => {
      this.pending.set(request.id, { resolve, reject });
      this.running().postMessage(request);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    this.failAll(new Error('the store was closed'));
    await this.thread?.terminate();
  }

  private running(): Worker {
    if (this.thread) return this.thread;
    const thread = new Worker(programPath('store-reader'), { workerData: this.data });
    let reason: unknown = new Error('the reading thread ended');
    thread.unref();
    thread.on('message', (answer: ReadAnswer) => this.settle(answer));
    thread.on('error', (failure) => {
      reason = failure;
    });
    // whoever asked between its failure and its end would wait for ever
    thread.on('exit', () => {
      this.thread = undefined;
      this.failAll(reason);
    });
    this.thread = thread;
    return thread;
  }

  private settle(answer: ReadAnswer): void {
    const waiting = this.pending.get(answer.id);
    this.pending.delete(answer.id);
    if ('rows' in answer) waiting?.resolve(answer.rows);
    else waiting?.reject(asError(answer.failure));
  }

  private failAll(reason: unknown): void {
    for (const waiting of this.pending.values()) waiting.reject(reason);
    this.pending.clear();
  }
}

function asError({ message, code = '', hint }: ReadFailure): Error {
  if (Object.hasOwn(ERRORS, code)) return errorOfBody({ error_code: code, message, hint });
  return Object.assign(new Error(message), { code });
}
