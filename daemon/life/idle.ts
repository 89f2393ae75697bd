import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';

export interface IdleOptions {
  clock: Clock;
  idleMs: number;
  /** what keeps the daemon here, in words; empty when nothing does */
  busy: () => string[];
  leave: (reason: string) => void;
}

/** What a timer of the system can wait; a longer one would fire at once. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Ends the daemon when nobody used it for a while. A request only notes the time; the timer looks at that note when it
 * fires, so that the hot path pays nothing.
 */
export class IdleExit implements Disposable {
  private lastUse: number;
  private cancel: () => void;
  private pendingWork: (() => string[]) | undefined;
  private readonly options: IdleOptions;

  constructor(options: IdleOptions) {
    this.options = options;
    this.lastUse = options.clock.now();
    this.cancel = this.lookAfter(options.idleMs);
  }

  used(): void {
    this.lastUse = this.options.clock.now();
  }

  /** Hands over to a newer daemon: leaves as soon as no work runs, whoever is connected. */
  leaveAfter(work: () => string[]): void {
    this.pendingWork = work;
    this.workChanged();
  }

  /** Called when some work has ended. */
  workChanged(): void {
    if (this.pendingWork?.().length === 0) this.options.leave('a newer one takes over');
  }

  dispose(): void {
    this.cancel();
  }

  private look(): void {
    const { clock, idleMs, busy, leave } = this.options;
    const busyNow = busy().length > 0;
    if (busyNow) this.lastUse = clock.now();
    const left = this.lastUse + idleMs - clock.now();
    if (left <= 0) leave('nobody used it for a while');
    else this.cancel = this.lookAfter(left);
  }

  private lookAfter(ms: number): () => void {
    return this.options.clock.after(Math.min(ms, LONGEST_WAIT_MS), () => this.look());
  }
}
