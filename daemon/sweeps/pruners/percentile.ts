import type { Pace, Question } from './pruner.ts';
import { bestOf, EACH_STEP, isBetter, isDue } from './pruner.ts';

export interface PercentileOptions extends Pace {
  /** the best so many in a hundred go on; 50 is the median */
  keep: number;
  /** nothing is ended before so many trials are complete */
  startup: number;
}

export const MEDIAN_DEFAULTS: PercentileOptions = { ...EACH_STEP, keep: 50, startup: 5 };

/** Ends a trial whose best so far is worse than what complete ones had at the same step. */
export function prunesByPercentile({ trial, trials, direction }: Question, options: PercentileOptions): boolean {
  const complete = trials.filter(({ state }) => state === 'complete');
  const { lastStep } = trial;
  if (lastStep === null || complete.length === 0 || complete.length < options.startup) return false;
  if (!isDue(trial, options)) return false;
  const best = bestOf(trial.points.values(), direction);
  if (Number.isNaN(best)) return true;
  const share = direction === 'minimize' ? options.keep : 100 - options.keep;
  const there = complete.flatMap(({ points }) => points.get(lastStep) ?? []);
  // without anything to compare with, the limit is NaN, and nothing is worse
  return isBetter(percentileOf(there, share), best, direction);
}

/** Between two neighbours in proportion; NaN of nothing, and beside what is infinite. */
function percentileOf(values: readonly number[], share: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const place = (share / 100) * (sorted.length - 1);
  const [below, above] = [Math.floor(place), Math.ceil(place)].map((index) => sorted[index] ?? Number.NaN) as [
    number,
    number,
  ];
  const beyond = place - Math.floor(place);
  // from the nearer one, as numpy does: the last digit decides where a value lies on the limit
  return beyond < 0.5 ? below + (above - below) * beyond : above - (above - below) * (1 - beyond);
}
