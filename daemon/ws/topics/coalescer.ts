import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';

/** Often enough to look live, seldom enough that a burst of thousands of changes is a few messages. */
export const PUBLISH_EVERY_MS = 40;

/** Calls `publish` once, a moment after the first of a burst of changes; never when nothing changed. */
export class Coalescer implements Disposable {
  private cancel: (() => void) | undefined;
  private readonly clock: Clock;
  private readonly publish: () => void;

  constructor(clock: Clock, publish: () => void) {
    this.clock = clock;
    this.publish = publish;
  }

  changed(): void {
    this.cancel ??= this.clock.after(PUBLISH_EVERY_MS, () => {
      this.cancel = undefined;
      this.publish();
    });
  }

  dispose(): void {
    this.cancel?.();
  }
}
