import type { Goal } from '../../../schemas/language/values/goal.ts';
import type { Trial } from '../study/trial.ts';

/** What is asked when a trial has reported: shall it be ended, since the others say that nothing will come of it? */
export interface Question {
  trial: Trial;
  /** all there are, this one included */
  trials: readonly Trial[];
  direction: Goal['direction'];
}

/** Which steps are looked at. */
export interface Pace {
  /** none before this step */
  warmup: number;
  /** of so many steps one: the first that is reported */
  every: number;
}

export const EACH_STEP: Pace = { warmup: 0, every: 1 };

/** Whether the newest step is the first one of its interval. */
export function isDue({ lastStep, points }: Trial, { warmup, every }: Pace): boolean {
  if (lastStep === null || lastStep < warmup) return false;
  const begin = Math.floor((lastStep - warmup) / every) * every + warmup;
  for (const step of points.keys()) if (step !== lastStep && step >= begin) return false;
  return true;
}

/** The least or the greatest of all numbers, NaN when there are none. */
export function bestOf(values: Iterable<number>, direction: Goal['direction']): number {
  let best = Number.NaN;
  for (const value of values) if (Number.isNaN(best) || isBetter(value, best, direction)) best = value;
  return best;
}

export function isBetter(value: number, than: number, direction: Goal['direction']): boolean {
  return direction === 'minimize' ? value < than : value > than;
}
