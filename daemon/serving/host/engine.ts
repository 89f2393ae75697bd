import type { Signature } from '../../../schemas/model.ts';
import type { Clock } from '../../base/clock.ts';
import { CrisolError } from '../../base/errors.ts';
import type { ModelLocation } from '../protocol.ts';
import { InferenceThread } from './thread.ts';

/** A model that stops more often than this within the span is given up. */
const MOST_RESTARTS = 5;
const RESTART_SPAN_MS = 60_000;

export interface LoadedModel {
  readonly location: ModelLocation;
  readonly signature: Signature;
  readonly thread: InferenceThread;
}

/** Keeps one model loaded: swaps it for another without a gap, and loads it again when its thread dies. */
export class Engine {
  private loaded: LoadedModel | undefined;
  private work: Promise<unknown> = Promise.resolve();
  private readonly deaths: number[] = [];
  private readonly clock: Clock;
  private readonly onGivenUp: (reason: string) => void;
  private closed = false;

  constructor(clock: Clock, onGivenUp: (reason: string) => void) {
    this.clock = clock;
    this.onGivenUp = onGivenUp;
  }

  /** The model that answers now. A request keeps the one it began with. */
  get current(): LoadedModel {
    if (!this.loaded?.thread.alive) {
      throw new CrisolError('TEMPORARILY_UNAVAILABLE', 'The model is being loaded.');
    }
    return this.loaded;
  }

  /** what is served, even while it is being loaded again */
  get location(): ModelLocation | undefined {
    return this.loaded?.location;
  }

  get ready(): boolean {
    return this.loaded?.thread.alive ?? false;
  }

  /** Serves this model from now on. The one before it answers what it was asked, then ends. */
  load(location: ModelLocation): Promise<Signature> {
    return this.inTurn(() => this.replace(location));
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.work;
    await this.loaded?.thread.close();
  }

  private async replace(location: ModelLocation): Promise<Signature> {
    // a new thread each time: onnxruntime never gives back all memory of a session that is replaced in place
    const thread = await InferenceThread.open(location.folder);
    const before = this.loaded;
    this.loaded = { location, signature: thread.signature, thread };
    void thread.ended.then(() => this.revive(thread));
    if (before?.thread.alive) void before.thread.close();
    return thread.signature;
  }

  private revive(dead: InferenceThread): void {
    const location = this.loaded?.location;
    if (this.closed || !location || this.loaded?.thread !== dead) return;
    const now = this.clock.now();
    this.deaths.push(now);
    const recent = this.deaths.filter((at) => now - at < RESTART_SPAN_MS);
    this.deaths.splice(0, this.deaths.length, ...recent);
    if (recent.length > MOST_RESTARTS) {
      this.onGivenUp(`The model stopped ${recent.length} times within a minute.`);
      return;
    }
    this.inTurn(async () => {
      if (this.loaded?.thread === dead) await this.replace(location);
    }).catch((reason: unknown) => this.onGivenUp(`The model stopped and can't be loaded again: ${reason}`));
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.work.then(action);
    this.work = turn.catch(() => undefined);
    return turn;
  }
}
