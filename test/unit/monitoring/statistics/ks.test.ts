import { describe, expect, test } from 'vitest';
import type { Alternative, KsMethod } from '../../../../daemon/monitoring/statistics/ks.ts';
import { twoSampleKs } from '../../../../daemon/monitoring/statistics/ks.ts';
import { asNumber, casesOf, isClose, numbersOf } from '../../../support/vectors.ts';

describe('the two-sample Kolmogorov-Smirnov test equals the reference values', () => {
  test.for(casesOf('two-sample-ks').map((one) => [one.name, one] as const))('%s', ([, one]) => {
    const options = {
      alternative: one.params.alternative as Alternative,
      method: one.params.method as KsMethod,
    };
    const result = twoSampleKs(numbersOf(one.input.a), numbersOf(one.input.b), options);
    expect(isClose(result.statistic, one.expected.statistic, { rel: 0, abs: 1e-12 }), `D ${result.statistic}`).toBe(
      true,
    );
    expect(isClose(result.pvalue, one.expected.pvalue, one.tolerance), `p ${result.pvalue}`).toBe(true);
    if (asNumber(one.expected.pvalue) <= 1) expect(result.pvalue).toBeLessThanOrEqual(1);
  });
});
