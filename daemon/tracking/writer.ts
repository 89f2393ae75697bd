import type { Store } from '../store/index.ts';
import type { OpenRuns } from './metrics/open-runs.ts';

/** Writes of this room: what was remembered while a write ran is forgotten when the write is taken back. */
export class Writer {
  private readonly store: Store;
  private readonly openRuns: OpenRuns;

  constructor(store: Store, openRuns: OpenRuns) {
    this.store = store;
    this.openRuns = openRuns;
  }

  write<T>(action: () => T): Promise<T> {
    return this.store.write(() => this.orForget(action)).catch((failure) => this.giveUp(failure));
  }

  private orForget<T>(action: () => T): T {
    try {
      return action();
    } catch (failure) {
      // now, not later: the next write of the same commit must not build on what is taken back
      return this.giveUp(failure);
    }
  }

  /** Also when the commit itself failed: then every write in it is taken back. */
  private giveUp(failure: unknown): never {
    this.openRuns.forget();
    throw failure;
  }
}
