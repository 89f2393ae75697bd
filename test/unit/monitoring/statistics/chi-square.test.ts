import { describe, expect, test } from 'vitest';
import { chiSquareTail, contingency, goodnessOfFit } from '../../../../daemon/monitoring/statistics/chi-square.ts';
import type { Case } from '../../../support/vectors.ts';
import { casesOf, isClose, numbersOf } from '../../../support/vectors.ts';

describe('the chi-square tests equal the reference values', () => {
  test.for(casesOf('chi-square').map((one) => [one.name, one] as const))('%s', ([, one]) => {
    if ('error' in one.expected) {
      expect(() => compute(one)).toThrow(RangeError);
      return;
    }
    const result = compute(one);
    for (const [key, expected] of Object.entries(one.expected)) {
      const got = [result[key]].flat(3);
      const wanted = [expected].flat(3);
      expect(got).toHaveLength(wanted.length);
      got.forEach((value, i) => {
        expect(isClose(Number(value), wanted[i], one.tolerance), `${key} ${value}`).toBe(true);
      });
    }
  });
});

function compute({ input, params }: Case): Record<string, unknown> {
  if (params.kind === 'chi2_survival') return { sf: chiSquareTail(Number(input.x), Number(input.df)) };
  if (params.kind === 'contingency') {
    const { expected, ...rest } = contingency(input.table as number[][], params.correction === true);
    return { ...rest, expected_freq: expected };
  }
  return { ...goodnessOfFit(numbersOf(input.observed), input.expected ? numbersOf(input.expected) : undefined) };
}
