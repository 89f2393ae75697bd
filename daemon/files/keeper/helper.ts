import { Worker } from 'node:worker_threads';
import { programPath } from '../../base/programs.ts';
import type { Job, Results } from '../jobs/job.ts';
import { Stopped } from '../jobs/watch.ts';
import type { HelperAnswer } from './protocol.ts';

interface Pending {
  resolve: (result: Results[Job['do']]) => void;
  reject: (reason: unknown) => void;
}

/** Another thread that does jobs; see `main.ts`. */
export class Helper {
  isReady = false;
  private readonly thread: Worker;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;

  constructor({ onReady, onEnd }: { onReady: () => void; onEnd: () => void }) {
    this.thread = new Worker(programPath('files-keeper'));
    let reason: unknown = new Error('a thread that reads files ended');
    this.thread.on('error', (failure) => {
      reason = failure;
    });
    this.thread.on('exit', () => {
      onEnd();
      for (const { reject } of this.pending.values()) reject(reason);
    });
    this.thread.on('message', (answer: HelperAnswer) => {
      if (answer !== 'ready') return this.settle(answer);
      this.isReady = true;
      onReady();
    });
  }

  get underWay(): number {
    return this.pending.size;
  }

  do(job: Job): Promise<Results[Job['do']]> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.thread.postMessage({ id, job });
    });
  }

  private settle(answer: Exclude<HelperAnswer, 'ready'>): void {
    const waiting = this.pending.get(answer.id);
    this.pending.delete(answer.id);
    if ('result' in answer) waiting?.resolve(answer.result);
    else waiting?.reject(answer.failure === 'stopped' ? new Stopped() : answer.failure);
  }
}
