import type { Question } from './pruner.ts';
import { bestOf, isBetter } from './pruner.ts';

export interface PatienceOptions {
  /** how many further reports may bring nothing better */
  patience: number;
  /** what is better by less than this counts as the same */
  minDelta: number;
}

export const PATIENCE_DEFAULTS: PatienceOptions = { patience: 10, minDelta: 0 };

/** Ends a trial that has not become better for some time. */
export function prunesByPatience({ trial, direction }: Question, { patience, minDelta }: PatienceOptions): boolean {
  const steps = [...trial.points.keys()].sort((a, b) => a - b);
  if (steps.length <= patience + 1) return false;
  const best = (some: number[]) =>
    bestOf(
      some.map((step) => trial.points.get(step) ?? Number.NaN),
      direction,
    );
  const [before, since] = [best(steps.slice(0, -patience - 1)), best(steps.slice(-patience - 1))];
  return isBetter(direction === 'minimize' ? before + minDelta : before - minDelta, since, direction);
}
