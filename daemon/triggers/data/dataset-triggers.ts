import type { Disposable } from '../../base/disposables.ts';
import type { CalledDataTrigger, DatasetDeps } from './dataset-trigger.ts';
import { DatasetTrigger } from './dataset-trigger.ts';

/** Those that act now, each with its watch. */
export class DatasetTriggers implements Disposable {
  private readonly deps: DatasetDeps;
  private readonly acting = new Map<string, { words: string; trigger: DatasetTrigger }>();

  constructor(deps: DatasetDeps) {
    this.deps = deps;
  }

  /** From now on these; one that stays as it is goes on. */
  async act(wanted: readonly CalledDataTrigger[]): Promise<void> {
    const words = new Map(wanted.map((called) => [called.key, JSON.stringify(called)]));
    for (const [key, { words: before, trigger }] of this.acting) {
      if (words.get(key) === before) continue;
      this.acting.delete(key);
      await trigger.dispose();
    }
    for (const called of wanted) {
      const acting = this.acting.get(called.key);
      acting?.trigger.reconsider();
      if (acting) continue;
      const trigger = new DatasetTrigger(called, this.deps);
      this.acting.set(called.key, { words: words.get(called.key) ?? '', trigger });
      // looking may take a while: nobody waits for it
      void trigger.begin();
    }
  }

  problemOf(key: string): string | null {
    return this.acting.get(key)?.trigger.problem ?? null;
  }

  async dispose(): Promise<void> {
    await this.act([]);
  }
}
