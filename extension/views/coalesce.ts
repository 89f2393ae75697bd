import type { Clock } from '../daemon/clock.ts';

/** Runs `action` at once, and then at most every `ms` however often it is asked for: a tree need not be faster. */
export function coalesce(clock: Clock, ms: number, action: () => void): () => void {
  let resting = false;
  let asked = false;
  const run = () => {
    resting = true;
    asked = false;
    action();
    clock.after(ms, () => {
      resting = false;
      if (asked) run();
    });
  };
  return () => {
    asked = true;
    if (!resting) run();
  };
}
