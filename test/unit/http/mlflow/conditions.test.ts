import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, isLike } from '../../../../daemon/http/mlflow/conditions.ts';
import { parseFilter } from '../../../../schemas/search/index.ts';
import { processorTime } from '../../../support/processor-time.ts';

describe('likeness', () => {
  it('is what a regular expression says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '🏆'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '🏆', '%', '_'), maxLength: 8 });
    fc.assert(
      fc.property(text, pattern, (text, pattern) => {
        const expression = new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'u');
        expect(isLike(text, pattern)).toBe(expression.test(text));
      }),
    );
  });

  it('comes to an end whatever is asked', () => {
    const spent = processorTime();
    expect(isLike('a'.repeat(100_000), `${'%a'.repeat(40)}%b`)).toBe(false);
    expect(spent()).toBeLessThan(1000);
  });
});

it('what looks for patterns for too long is given up, and the next search is not', async () => {
  const text = 'a'.repeat(100_000);
  const [condition] = parseFilter(`name LIKE '%${'a'.repeat(900)}b'`, 'versions');
  const search = () => {
    for (let candidate = 0; condition && candidate < 1000; candidate++) holds(condition, text);
  };
  const spent = processorTime();
  expect(search).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
  expect(spent()).toBeLessThan(8000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(condition && holds(condition, 'aab')).toBe(false);
});

describe('a condition', () => {
  const asked = (filter: string, found: string | number | null) => {
    const [condition] = parseFilter(filter, 'versions');
    return condition && holds(condition, found);
  };

  it('compares numbers and texts', () => {
    const numbers = ['=', '!=', '<', '<=', '>', '>='].map((op) => asked(`version_number ${op} 2`, 2));
    expect(numbers).toEqual([true, false, false, true, false, true]);
    expect([asked('version_number < 2', 1), asked('version_number > 2', 10)]).toEqual([true, true]);
    expect([asked("name = 'a'", 'a'), asked("name != 'a'", 'b'), asked("name IN ('a')", 'b')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([asked("name LIKE 'A%'", 'ab'), asked("name ILIKE 'A%'", 'ab')]).toEqual([false, true]);
  });

  it('is true of nothing that is missing', () => {
    expect(["= 'a'", "!= 'a'", "LIKE '%'"].map((rest) => asked(`tags.a ${rest}`, null))).toEqual([false, false, false]);
  });
});
