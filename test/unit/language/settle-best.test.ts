import { describe, expect, it } from 'vitest';
import type { Results } from '../../../schemas/language/model.ts';
import { ended, plan, settle, went, x } from './settling.ts';

describe('the best variant', () => {
  const train = (more = {}) => ({
    run: 'true',
    matrix: { depth: [3, 5] },
    outs: [`m-${x('matrix.depth')}`],
    ...more,
  });
  const use = (expression: string, more = {}) => ({
    train: train(more),
    use: { run: `use ${x(`steps.train.best.${expression}`)}` },
  });
  const results = (three: object, five: object): Results => ({
    'train (3)': ended('succeeded', three),
    'train (5)': ended('succeeded', five),
  });
  const best = (expression: string, more: object, three: object, five: object) =>
    went(use(expression, more), 'use', results(three, five));

  it('is that of the goal that the step names', () => {
    expect(best('outs[0]', { best: 'maximize f1' }, { f1: 0.7 }, { f1: 0.6 })).toBe('use m-3');
    expect(best('matrix.depth', { best: 'minimize loss' }, { loss: 2 }, { loss: 1 })).toBe('use 5');
    expect(best('metrics.f1', { best: 'maximize f1' }, { f1: 0.7 }, { f1: 0.6 })).toBe('use 0.7');
    expect(best('matrix.depth', { best: 'maximize f1' }, { f1: 0.5 }, { f1: 0.5 })).toBe('use 3');
    expect(best('matrix.depth', { best: 'maximize f1' }, { f1: Number.NaN }, { f1: -1 })).toBe('use 5');
    expect(best('matrix.depth', { best: 'maximize f1' }, {}, {})).toBe(
      'problem: No variant of `train` logged `f1`, so none is the best.',
    );
  });

  it('is else that of what people look at first, or the step must say', () => {
    expect(best('matrix.depth', {}, { accuracy: 0.9, loss: 1 }, { accuracy: 0.8, loss: 0 })).toBe('use 3');
    expect(best('matrix.depth', {}, { rmse: 2 }, { rmse: 1 })).toBe('use 5');
    expect(best('matrix.depth', {}, { mine: 2 }, { mine: 1 })).toBe(
      'problem: Nothing says which variant of `train` is the best: add `best: maximize METRIC` to it; it logged mine.',
    );
  });

  it('is one of those that succeeded', () => {
    const steps = {
      train: train({ best: 'maximize f1' }),
      use: { run: x('steps.train.best.matrix.depth'), if: 'always()' },
    };
    const one = { 'train (3)': ended('failed', { f1: 1 }), 'train (5)': ended('succeeded', { f1: 0 }) };
    expect(went(steps, 'use', one)).toBe('5');
    const none = { 'train (3)': ended('failed'), 'train (5)': ended('cancelled') };
    expect(went(steps, 'use', none)).toBe('problem: No variant of `train` succeeded, so none is the best.');
  });

  it('of the built-in `train` has the least loss on rows that were set aside, and `model` is the folder that it wrote', () => {
    const steps = {
      train: {
        uses: 'train',
        with: { data: 'd', target: 'y', out: `models/${x('matrix.l2')}`, l2: x('matrix.l2') },
        matrix: { l2: [1, 10] },
      },
      evaluate: { uses: 'evaluate', with: { model: x('steps.train.best.model'), data: 'd' } },
    };
    const settled = settle(steps, 'evaluate', {
      'train (1)': ended('succeeded', { loss: 0.1, validation_loss: 0.9 }),
      'train (10)': ended('succeeded', { loss: 0.2, validation_loss: 0.5 }),
    });
    expect(settled).toMatchObject({ step: { reads: ['models/10', 'd'], work: { with: { model: 'models/10' } } } });
  });

  it('needs no run where there is one variant, or no matrix at all', () => {
    const { steps, problems } = plan({
      train: { uses: 'train', with: { data: 'd', target: 'y', out: 'm' } },
      evaluate: { uses: 'evaluate', with: { model: x('steps.train.best.model'), data: 'd' } },
    });
    expect(problems).toEqual([]);
    expect(steps[1]).toMatchObject({ late: false, reads: ['m', 'd'] });
  });
});
