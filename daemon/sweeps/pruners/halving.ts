import type { Trial } from '../study/trial.ts';
import type { Question } from './pruner.ts';
import { isBetter } from './pruner.ts';

export interface HalvingOptions {
  /** the step of the lowest rung; null: a hundredth of what the first complete trials took */
  minResource: number | null;
  /** one in so many goes on from a rung to the next */
  reduction: number;
  /** so many rungs are left out at the bottom */
  skippedRungs: number;
  /** a rung passes nobody until more than so many have come to it */
  bootstrap: number;
}

export const HALVING_DEFAULTS: HalvingOptions = { minResource: null, reduction: 4, skippedRungs: 0, bootstrap: 0 };

/**
 * Asynchronous successive halving (ASHA): at each rung, one step further than the one before by a factor, a trial goes on when
 * it is among the best of those that have come there so far. Nobody waits for others: the first ones go on while they are best.
 */
export function prunesByHalving({ trial, trials, direction }: Question, options: HalvingOptions): boolean {
  const { minResource, reduction, skippedRungs, bootstrap } = options;
  if (trial.lastStep === null || minResource === null) return false;
  const value = trial.points.get(trial.lastStep) ?? Number.NaN;
  for (;;) {
    const rung = trial.rungs.length;
    if (trial.lastStep < minResource * reduction ** (skippedRungs + rung)) return false;
    if (Number.isNaN(value)) return true;
    trial.rungs.push(value);
    const there = trials.flatMap(({ rungs }) => rungs[rung] ?? []);
    if (there.length <= bootstrap) return true;
    // of too few to take a share of, the best one goes on
    const places = Math.max(Math.floor(there.length / reduction), 1);
    if (there.filter((other) => isBetter(other, value, direction)).length >= places) return true;
  }
}

/** What `null` stands for once a trial is complete; until then nothing is ended. */
export function resourceOf(trials: readonly Trial[]): number | null {
  const lengths = trials.flatMap(({ state, lastStep }) =>
    state === 'complete' && lastStep !== null ? [lastStep] : [],
  );
  return lengths.length === 0 ? null : Math.max(Math.floor(Math.max(...lengths) / 100), 1);
}
