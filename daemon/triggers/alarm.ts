import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';

/**
 * A timer does not count the time that a machine sleeps, and knows nothing of clocks that are set: what is due in nine
 * hours is looked at once an hour, and whenever somebody uses the daemon.
 */
const LONGEST_WAIT_MS = 3_600_000;

/** Rings when a time by the clock has come: one timer, and none while there is no such time. */
export class Alarm implements Disposable {
  private readonly clock: Clock;
  private readonly ring: () => void;
  private due = Number.POSITIVE_INFINITY;
  private cancel = () => {};

  constructor(clock: Clock, ring: () => void) {
    this.clock = clock;
    this.ring = ring;
  }

  /** From now on this time counts; null: none. */
  set(due: number | null): void {
    this.cancel();
    this.due = due ?? Number.POSITIVE_INFINITY;
    if (due === null) return;
    const wait = Math.min(Math.max(due - this.clock.now(), 0), LONGEST_WAIT_MS);
    this.cancel = this.clock.after(wait, this.ring);
  }

  /** Called again and again by whoever notices that time has passed: it costs a comparison. */
  noticed(): void {
    if (this.clock.now() < this.due) return;
    this.cancel();
    this.due = Number.POSITIVE_INFINITY;
    this.ring();
  }

  dispose(): void {
    this.set(null);
  }
}
