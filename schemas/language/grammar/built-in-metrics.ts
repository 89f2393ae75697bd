import type { Goal } from '../values/goal.ts';
import type { BuiltInStep } from './built-in-steps.ts';

interface Made {
  names: readonly string[];
  /** followed by the name of a class: `f1_home` */
  prefixes: readonly string[];
}

const MADE: Readonly<Record<BuiltInStep, Made>> = {
  split: { names: [], prefixes: [] },
  train: { names: ['loss', 'train_accuracy', 'validation_loss', 'validation_accuracy'], prefixes: [] },
  evaluate: {
    names: ['accuracy', 'precision_macro', 'recall_macro', 'f1_macro', 'log_loss'],
    prefixes: ['precision_', 'recall_', 'f1_'],
  },
  register: { names: [], prefixes: [] },
};

/** The metrics that a built-in step logs. */
export const metricNamesOf = (step: BuiltInStep): readonly string[] => MADE[step].names;

export const makesMetric = (step: BuiltInStep, metric: string): boolean =>
  MADE[step].names.includes(metric) || MADE[step].prefixes.some((prefix) => metric.startsWith(prefix));

/** By which the variants of a built-in step are told apart; null where that is not known. */
export const bestOfBuiltIn = (step: BuiltInStep): Goal | null =>
  step === 'train' ? { direction: 'minimize', metric: 'validation_loss' } : null;

/** From 0 to 1 whatever the data. */
export const isShare = (metric: string): boolean => /(?:^|_)accuracy$|^(?:precision|recall|f1)_/.test(metric);
