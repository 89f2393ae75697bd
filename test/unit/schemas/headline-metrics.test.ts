import { expect, test } from 'vitest';
import { headlinesFirst } from '../../../schemas/headline-metrics.ts';

test('what people judge a model by comes first, all else stays in its order', () => {
  const names = ['zeal', 'loss', 'bias', 'accuracy', 'f1_macro'];
  expect(headlinesFirst(names, (name) => name)).toEqual(['f1_macro', 'accuracy', 'loss', 'zeal', 'bias']);
  expect(names[0]).toBe('zeal');
});
