import { Worker } from 'node:worker_threads';
import { programPath } from '../base/programs.ts';
import type { ReadAnswer, ReadRequest } from './reader.ts';

interface Pending {
  resolve: (rows: unknown[]) => void;
  reject: (reason: unknown) => void;
}

/** The daemon's side of `reader.ts`. The thread starts with the first long read and never keeps the process alive. */
export class LongReads {
  private worker: Worker | undefined;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  query(sql: string, params: readonly unknown[]): Promise<unknown[]> {
    const request: ReadRequest = { id: this.nextId++, sql, params };
    return new Promise((resolve, reject) => {
      this.pending.set(request.id, { resolve, reject });
      this.running().postMessage(request);
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
    this.failAll(new Error('the store was closed'));
  }

  private running(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(programPath('store-reader'), { workerData: { file: this.file } });
    worker.unref();
    worker.on('message', (answer: ReadAnswer) => this.settle(answer));
    worker.on('error', (failure) => this.failAll(failure));
    worker.on('exit', () => {
      this.worker = undefined;
    });
    this.worker = worker;
    return worker;
  }

  private settle(answer: ReadAnswer): void {
    const waiting = this.pending.get(answer.id);
    this.pending.delete(answer.id);
    if ('rows' in answer) waiting?.resolve(answer.rows);
    else waiting?.reject(answer.failure);
  }

  private failAll(reason: unknown): void {
    for (const waiting of this.pending.values()) waiting.reject(reason);
    this.pending.clear();
  }
}
