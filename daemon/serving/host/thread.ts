import { Worker } from 'node:worker_threads';
import type { Signature } from '../../../schemas/model.ts';
import { CrisolError, messageOf } from '../../base/errors.ts';
import { programPath } from '../../base/programs.ts';
import type { Feeds, FromWorker, Outputs, ToWorker } from './thread-protocol.ts';

interface Waiting {
  resolve(outputs: Outputs): void;
  reject(reason: CrisolError): void;
}

/** More than this at once and new requests are turned away, so that a slow model never fills the memory. */
const MOST_WAITING = 1024;

/** One model in a thread of its own, seen from the thread that answers requests. */
export class InferenceThread {
  readonly signature: Signature;
  /** settles when the thread has ended, whether it was told to or not */
  readonly ended: Promise<void>;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private closing = false;
  private dead = false;

  private constructor(worker: Worker, signature: Signature) {
    this.worker = worker;
    this.signature = signature;
    worker.on('message', (message: FromWorker) => this.take(message));
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.dead = true;
        for (const { reject } of this.waiting.values()) reject(stopped());
        this.waiting.clear();
        resolve();
      });
    });
  }

  static open(folder: string): Promise<InferenceThread> {
    const worker = new Worker(programPath('inference-worker'), { workerData: folder });
    return new Promise((resolve, reject) => {
      let reason = 'The inference thread ended while it loaded the model.';
      // an uncaught error would end the host; the exit that follows it is what counts
      worker.on('error', (error) => {
        reason = messageOf(error);
      });
      worker.once('message', (message: FromWorker) => {
        if (message.type === 'ready') resolve(new InferenceThread(worker, message.signature));
        else if (message.type === 'failed') reason = message.reason;
      });
      worker.once('exit', () => reject(new CrisolError('MODEL_INVALID', reason)));
    });
  }

  get alive(): boolean {
    return !this.dead;
  }

  run(feeds: Feeds): Promise<Outputs> {
    if (this.dead) return Promise.reject(stopped());
    if (this.waiting.size >= MOST_WAITING) {
      return Promise.reject(new CrisolError('TEMPORARILY_UNAVAILABLE', 'Too many requests wait for the model.'));
    }
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.say({ type: 'run', id, feeds });
    });
  }

  /** Takes nothing new, answers what was asked, gives the model's memory back and ends. */
  async close(): Promise<void> {
    if (!this.closing) this.say({ type: 'close' });
    this.closing = true;
    await this.ended;
  }

  /** Ends before the next inference; what waits is refused. To terminate it within native code would end the whole process. */
  async kill(): Promise<void> {
    this.say({ type: 'die' });
    await this.ended;
  }

  private say(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  private take(message: FromWorker): void {
    if (message.type !== 'answer' && message.type !== 'refused') return;
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.type === 'answer') waiting?.resolve(message.outputs);
    else waiting?.reject(new CrisolError('ENDPOINT_INPUT_INVALID', `The model refused the input: ${message.reason}`));
  }
}

function stopped(): CrisolError {
  return new CrisolError('TEMPORARILY_UNAVAILABLE', 'The model has stopped and is being loaded again.');
}
