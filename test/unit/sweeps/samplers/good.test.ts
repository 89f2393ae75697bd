import { describe, expect, test } from 'vitest';
import { goodOf, splitTrials } from '../../../../daemon/sweeps/samplers/tpe/good.ts';
import type { Trial, TrialState } from '../../../../daemon/sweeps/study/trial.ts';
import { casesOf, numbersOf } from '../../../support/vectors.ts';

interface Written {
  number: number;
  state: TrialState;
  value: number | null;
  intermediate: Record<string, number>;
}

function trialOf({ number, state, value, intermediate }: Written): Trial {
  const points = new Map(Object.entries(intermediate).map(([step, at]) => [Number(step), Number(at)]));
  const lastStep = points.size === 0 ? null : Math.max(...points.keys());
  return { number, state, value, points, lastStep, point: new Map(), rungs: [] };
}

const numbers = (trials: Trial[]) => trials.map(({ number }) => number);

describe('good and bad trials are told apart as the reference does', () => {
  const cases = casesOf('sweep-tpe').filter(({ name }) => name.startsWith('split/'));
  test.for(cases.map((one) => [one.name, one] as const))('%s', ([, { input, expected }]) => {
    const trials = (input.trials as Written[]).map(trialOf);
    const { good, bad } = splitTrials(trials, input.direction as 'minimize');
    expect(numbers(good)).toEqual(expected.below);
    expect(numbers(bad)).toEqual(expected.above);
  });

  test('a tenth of the finished ones are good, and never more than 25', () => {
    const [gamma] = casesOf('sweep-tpe').filter(({ name }) => name === 'gamma');
    expect(numbersOf(gamma?.input.n).map(goodOf)).toEqual(gamma?.expected.default);
  });

  test('infinite values are ranked, the ones without a number are last', () => {
    const one = (number: number, value: number): Trial =>
      trialOf({ number, state: 'complete', value, intermediate: {} });
    const pruned = (number: number, value: number): Trial =>
      trialOf({ number, state: 'pruned', value: null, intermediate: { 3: value } });
    const inf = Number.POSITIVE_INFINITY;
    const trials = [one(0, inf), one(1, -inf), pruned(2, Number.NaN), pruned(3, 5), one(4, inf), one(5, 0)];
    expect(numbers(splitTrials(trials, 'minimize').good)).toEqual([1]);
    expect(numbers(splitTrials(trials, 'maximize').good)).toEqual([0]);
  });

  test('trials that failed teach nothing', () => {
    const failed = trialOf({ number: 0, state: 'failed', value: null, intermediate: {} });
    expect(splitTrials([failed], 'minimize')).toEqual({ good: [], bad: [] });
  });
});
