import type { FoldRun, PipelineRun, StepRun } from '../wire/pipelines.ts';

/** What one of the folds of a step is called, wherever a step's name may stand for its output. */
export const foldName = (step: string, number: number): string => `${step} fold ${number}`;

export interface StepOrFold {
  step: StepRun;
  fold?: FoldRun;
}

/** The step of that name, or the fold. */
export function stepOrFold({ steps }: Pick<PipelineRun, 'steps'>, name: string): StepOrFold | undefined {
  const step = steps.find((one) => one.name === name);
  if (step) return { step };
  for (const one of steps) {
    const fold = one.folds?.find(({ number }) => foldName(one.name, number) === name);
    if (fold) return { step: one, fold };
  }
  return undefined;
}

/** `2/5`: how many of its folds have ended; undefined where it has none, or nobody knows them yet. */
export function foldCount({ folds = [] }: StepRun): string | undefined {
  const done = folds.filter(({ state }) => state !== 'pending' && state !== 'running').length;
  return folds.length === 0 ? undefined : `${done}/${folds.length}`;
}

const MOST_SHOWN = 40;

/** As many as a person looks through: of more than that what went wrong, and those that were begun last. */
export function shownFolds(folds: readonly FoldRun[] = []): { shown: readonly FoldRun[]; more: number } {
  if (folds.length <= MOST_SHOWN) return { shown: folds, more: 0 };
  const newest = folds.findLastIndex(({ run_id }) => run_id !== null);
  const shown = folds.filter(({ state }, at) => state === 'failed' || (at <= newest && at > newest - MOST_SHOWN));
  return { shown, more: folds.length - shown.length };
}
