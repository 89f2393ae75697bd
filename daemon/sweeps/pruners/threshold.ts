import type { Pace, Question } from './pruner.ts';
import { EACH_STEP, isDue } from './pruner.ts';

export interface ThresholdOptions extends Pace {
  lower: number;
  upper: number;
}

export const THRESHOLD_DEFAULTS: ThresholdOptions = {
  ...EACH_STEP,
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
};

/** Ends a trial whose newest value is beyond all reason. */
export function prunesByThreshold({ trial }: Question, options: ThresholdOptions): boolean {
  if (trial.lastStep === null || !isDue(trial, options)) return false;
  const value = trial.points.get(trial.lastStep) ?? Number.NaN;
  return !(value >= options.lower && value <= options.upper);
}
