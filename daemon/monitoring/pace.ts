import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';

/** After a pause, what comes first gathers this long. */
const GATHER_MS = 200;

export interface PaceParts {
  clock: Clock;
  /** the time from one start of the work to the next, at least; asked each time */
  everyMs: () => number;
  work: () => Promise<void>;
}

/** Runs its work after it was asked for: once for many askings, one at a time, and not too often. */
export class Pace implements Disposable {
  private readonly parts: PaceParts;
  private startedAt = Number.NEGATIVE_INFINITY;
  private cancel: (() => void) | undefined;
  private running = false;
  private askedMeanwhile = false;
  private disposed = false;

  constructor(parts: PaceParts) {
    this.parts = parts;
  }

  ask(): void {
    if (this.running) this.askedMeanwhile = true;
    if (this.running || this.cancel || this.disposed) return;
    const { clock, everyMs } = this.parts;
    const every = everyMs();
    const wait = Math.max(Math.min(GATHER_MS, every), this.startedAt + every - clock.now());
    this.cancel = clock.after(wait, () => void this.run());
  }

  /** Forgets what was asked for and not begun. */
  forget(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.askedMeanwhile = false;
  }

  dispose(): void {
    this.disposed = true;
    this.forget();
  }

  private async run(): Promise<void> {
    this.cancel = undefined;
    this.startedAt = this.parts.clock.now();
    this.running = true;
    this.askedMeanwhile = false;
    await this.parts.work();
    this.running = false;
    if (this.askedMeanwhile) this.ask();
  }
}
