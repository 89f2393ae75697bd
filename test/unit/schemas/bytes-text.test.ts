import { expect, test } from 'vitest';
import { formatBytes } from '../../../schemas/bytes-text.ts';

test('sizes are short', () => {
  expect([0, 1, 1023, 1024, 150_000, 5e9].map(formatBytes)).toEqual([
    '0 bytes',
    '1 byte',
    '1023 bytes',
    '1.0 KB',
    '146 KB',
    '4.7 GB',
  ]);
});
