import { expect, it } from 'vitest';
import type { Epoch } from '../../../daemon/training/index.ts';
import { flatMetrics } from '../../../daemon/training/index.ts';
import { isShare, makesMetric, metricNamesOf } from '../../../schemas/language/grammar/built-in-metrics.ts';

it('are those that `evaluate` logs, its classes included', () => {
  const home = { precision: 1, recall: 1, f1: 1, support: 1 };
  const means = { accuracy: 1, precision_macro: 1, recall_macro: 1, f1_macro: 1, log_loss: 0 };
  const logged = Object.keys(flatMetrics({ rows: 1, ...means, classes: { home } }));
  expect(logged.filter((name) => !makesMetric('evaluate', name))).toEqual([]);
  expect(metricNamesOf('evaluate').filter((name) => !logged.includes(name))).toEqual([]);
  expect(logged.filter((name) => !isShare(name))).toEqual(['log_loss']);
});

it('are those that `train` logs', () => {
  const logged: Record<keyof Omit<Epoch, 'epoch'>, true> = {
    loss: true,
    train_accuracy: true,
    validation_loss: true,
    validation_accuracy: true,
  };
  expect([...metricNamesOf('train')].sort()).toEqual(Object.keys(logged).sort());
});
