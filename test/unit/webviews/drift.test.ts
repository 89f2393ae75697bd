import { describe, expect, test } from 'vitest';
import type { DriftReport } from '../../../schemas/wire/monitoring.ts';
import { comparison, ruleOf, testName, trendOf, trendWord } from '../../../webviews/drift/columns.ts';
import { NOTHING, reduce } from '../../../webviews/drift/state.ts';
import { column, report } from '../../contract/webviews/recorded.ts';

describe('a drift report', () => {
  test('is unheard of until something is said, even if that is "nothing yet"', () => {
    expect(NOTHING.heard).toBe(false);
    expect(reduce(NOTHING, { type: 'drift/state', monitor: null, report: null }).heard).toBe(true);
  });

  test('tells the trend of a column in words', () => {
    const word = (...effects: number[]) => trendWord(effects.map((y) => ({ y })));
    expect([word(), word(0.1), word(0.1, 0.101), word(0.1, 0.3), word(0.3, 0.1)]).toEqual([
      'no trend yet',
      'no trend yet',
      'steady',
      'rising',
      'falling',
    ]);
  });

  test('tells where a column goes now, not where it came from long ago', () => {
    expect(trendWord([0.9, 0.1, 0.1, 0.1, 0.1, 0.3].map((y) => ({ y })))).toBe('rising');
  });

  test('says what makes a column drift, and compares as that rule does', () => {
    const numbers = column('a', { effect: 0.1, threshold: 0.1 });
    const categories = column('b', { test: 'chi_square', effect_name: 'PSI', effect: 0.1, threshold: 0.1 });
    expect(ruleOf(numbers, 11)).toBe('Drift when p is under 0.001 ÷ 11 columns and KS statistic is over 0.1');
    expect(ruleOf(categories, 1)).toBe('Drift when p is under 0.001 ÷ 1 column and PSI is at least 0.1');
    expect([numbers, categories].map(comparison)).toEqual(['≤', '≥']);
  });

  test('has a trend only where the column was tested', () => {
    const history: DriftReport['history'] = [
      { at: 1, share: 0, effects: { a: 0.1 } },
      { at: 2, share: 0, effects: {} },
    ];
    expect(trendOf(history, 'a')).toEqual([{ x: 1, y: 0.1 }]);
    expect(trendOf(report().history, 'home_form')).toHaveLength(12);
  });

  test('names its tests in full', () => {
    expect(testName(column('a'))).toBe('Kolmogorov–Smirnov');
  });
});
