import type { Clock } from '../base/clock.ts';
import { isStoreFailure } from './errors.ts';

const TRY_AGAIN_MS = 2_000;

/** What is under way must not break off because the disk is full at this moment: it waits until there is room. */
export async function patiently<T>(clock: Clock, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (thrown) {
      if (!isStoreFailure(thrown)) throw thrown;
      await new Promise<void>((resolve) => void clock.after(TRY_AGAIN_MS, resolve));
    }
  }
}
