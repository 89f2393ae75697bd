import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatWhole } from '../../../schemas/count-text.ts';

it('whole numbers are written as in English', () => {
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -10_000, max: 10_000 })), (count) => {
      expect(formatWhole(count)).toBe(count.toLocaleString('en-US'));
    }),
  );
});
