import type { FSWatcher } from 'node:fs';
import { lstatSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';

/** What it did at that moment may end, and be told; and who moved it by mistake may move it back. */
const PATIENCE_MS = 3_000;

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
  private readonly watcher: FSWatcher | undefined;
  private cancel: (() => void) | undefined;

  constructor(options: EvictionOptions) {
    this.options = options;
    this.own = identityOf(options.folder);
    this.watcher = this.watchAround();
  }

  dispose(): void {
    this.cancel?.();
    this.watcher?.close();
  }

  /** Not in it, where the store writes all the time. Where nothing can be watched, a daemon without work leaves in its time. */
  private watchAround(): FSWatcher | undefined {
    const workspace = dirname(this.options.folder);
    const names: readonly (string | null)[] = [basename(this.options.folder), basename(workspace), null];
    try {
      const watcher = watch(workspace, (event, name) => event === 'rename' && names.includes(name) && this.look());
      return watcher.on('error', () => this.look()).unref();
    } catch {
      return undefined;
    }
  }

  private look(): void {
    if (this.cancel || this.isStillOurs()) return;
    this.cancel = this.options.clock.after(PATIENCE_MS, () => {
      this.cancel = undefined;
      if (!this.isStillOurs()) this.options.evicted();
    });
  }

  private isStillOurs(): boolean {
    try {
      return identityOf(this.options.folder) === this.own;
    } catch {
      // a disk behind a network may not answer for a while
      return true;
    }
  }
}

/** Null: nothing is there. */
function identityOf(folder: string): string | null {
  const found = lstatSync(folder, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino}` : null;
}
