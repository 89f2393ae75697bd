export interface WaitOptions {
  /** what is awaited, for the message */
  what?: string;
  timeout?: number;
}

const LOOK_EVERY_MS = 20;

/**
 * Waits until `look` gives something true, and gives it back. For what another process does and nobody tells; where there
 * is an event, await the event. The limit is for what never comes: on a machine that does much else all takes longer.
 * The last error of `look` is the cause of a failure.
 */
export async function waitFor<T>(look: () => T | Promise<T>, options: WaitOptions = {}): Promise<Truthy<T>> {
  const { what = look.toString(), timeout = 45_000 } = options;
  const end = performance.now() + timeout;
  let cause: unknown;
  do {
    try {
      const found = await look();
      if (found) return found as Truthy<T>;
      cause = undefined;
    } catch (failure) {
      cause = failure;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  } while (performance.now() < end);
  throw new Error(`waited ${timeout} ms in vain for: ${what}`, { cause });
}

type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>;
