import { lstatSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';

/** Between two looks. */
const EVERY_MS = 5_000;

interface EvictionOptions {
  /** `.crisol` */
  folder: string;
  clock: Clock;
  evicted: () => void;
}

/**
 * Notices that our folder was removed, moved, or is another by now: `git clean -fdx` takes it along. What we write is lost then, and
 * nobody finds us: who asks next starts another daemon, and two of them would run the same schedules.
 */
export class Eviction implements Disposable {
  private readonly options: EvictionOptions;
  private readonly own: string | null;
  private cancel: () => void;

  constructor(options: EvictionOptions) {
    this.options = options;
    this.own = identityOf(options.folder);
    this.cancel = this.lookLater();
  }

  dispose(): void {
    this.cancel();
  }

  private look(): void {
    if (this.isStillOurs()) this.cancel = this.lookLater();
    else this.options.evicted();
  }

  private isStillOurs(): boolean {
    try {
      return identityOf(this.options.folder) === this.own;
    } catch {
      // a disk behind a network may not answer for a while
      return true;
    }
  }

  private lookLater(): () => void {
    return this.options.clock.after(EVERY_MS, () => this.look());
  }
}

/** Null: nothing is there. */
function identityOf(folder: string): string | null {
  const found = lstatSync(folder, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino}` : null;
}
