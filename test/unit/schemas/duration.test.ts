import { expect, test } from 'vitest';
import { formatDuration } from '../../../schemas/duration.ts';

test.for([
  [-5, '0 ms'],
  [0.41, '0 ms'],
  [40, '40 ms'],
  [99.7, '0.1 s'],
  [4_200, '4.2 s'],
  [9_949, '9.9 s'],
  [9_960, '0:10'],
  [41_000, '0:41'],
  [59_499, '0:59'],
  [59_960, '1:00'],
  [72_400, '1:12'],
  [725_000, '12:05'],
  [3_723_000, '1:02:03'],
  [11_045_000, '3:04:05'],
] as const)('%d ms last %s', ([ms, shown]) => {
  expect(formatDuration(ms)).toBe(shown);
});
