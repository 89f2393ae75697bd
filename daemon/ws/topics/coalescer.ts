import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';

/** Often enough to look live, seldom enough that a burst of thousands of changes is a few messages. */
export const PUBLISH_EVERY_MS = 40;

/**
 * Calls `publish` a moment after the first of a burst of changes, never when nothing changed. It answers whether more waits:
 * then it is called again once others had their turn.
 */
export class Coalescer implements Disposable {
  private cancel: (() => void) | undefined;
  private readonly clock: Clock;
  private readonly publish: () => boolean;

  constructor(clock: Clock, publish: () => boolean) {
    this.clock = clock;
    this.publish = publish;
  }

  changed(): void {
    if (!this.cancel) this.takeTurn(PUBLISH_EVERY_MS);
  }

  dispose(): void {
    this.cancel?.();
  }

  private takeTurn(afterMs: number): void {
    this.cancel = this.clock.after(afterMs, () => {
      this.cancel = undefined;
      if (this.publish()) this.takeTurn(0);
    });
  }
}
