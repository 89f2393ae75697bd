import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlipFor } from '../../../schemas/language/slip.ts';

describe('a name is a slip for another', () => {
  it.each([
    ['outcom', 'outcome'],
    ['macth-outcome', 'match-outcome'],
    ['match_outcmoe', 'match-outcome'],
    ['MatchOutcom', 'match-outcome'],
    ['matchoutcome', 'match-outcome'],
    ['clasifcation', 'classification'],
    ['Churn', 'churn'],
  ])('%s for %s', (name, other) => {
    expect(isSlipFor(name, other)).toBe(true);
  });

  it.each([
    ['model-1', 'model-2'],
    ['churn2024', 'churn2025'],
    ['churn-uk', 'churn-us'],
    ['churnUK', 'churnUS'],
    ['churn-a', 'churn-b'],
    ['churn-north', 'churn-south'],
    ['male', 'female'],
    ['churn', 'churn-v2'],
    ['match', 'match-outcome'],
    ['churn-old', 'churn'],
  ])('%s is none for %s', (name, other) => {
    expect(isSlipFor(name, other)).toBe(false);
    expect(isSlipFor(other, name)).toBe(false);
  });

  it('of itself, whatever it is, and of two either for the other or none', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, other) => {
        expect(isSlipFor(name, name)).toBe(true);
        expect(isSlipFor(name, other)).toBe(isSlipFor(other, name));
      }),
    );
  });
});
