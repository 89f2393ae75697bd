import { expect, test } from 'vitest';
import { shortMetric } from '../../../schemas/metric-text.ts';

test.for([
  ['f1_macro', 'f1 0.612'],
  ['loss', 'loss 0.612'],
  ['constructor', 'constructor 0.612'],
  ['__proto__', '__proto__ 0.612'],
] as const)('%s is short: %s', ([key, text]) => {
  expect(shortMetric({ key, value: 0.612 })).toBe(text);
});
