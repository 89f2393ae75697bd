import { expect, test } from 'vitest';
import { readSettings } from '../../../../daemon/training/steps/settings.ts';

test('numbers that come as texts, from expressions, are numbers', () => {
  const settings = readSettings('train', '{"data":"a.csv","target":"y","out":"m","l2":"0.5","epochs":"10"}');
  expect(settings).toEqual({ data: 'a.csv', target: 'y', out: 'm', l2: 0.5, epochs: 10 });
});

test.each([
  ['not JSON', '{', 'is not JSON'],
  ['a list', '[]', 'must be object'],
  [
    'an unknown key',
    '{"data":"a.csv","target":"y","out":"m","depth":3}',
    'does not know "depth"; it knows: data, target',
  ],
  ['a missing key', '{"data":"a.csv","out":"m"}', 'target'],
  ['an unknown algorithm', '{"data":"a","target":"y","out":"m","algorithm":"gbdt"}', 'it can be: logistic_regression'],
  ['a number out of range', '{"data":"a","target":"y","out":"m","epochs":0}', '"epochs" must be >= 1'],
])('%s is refused with what is wrong', (_name, text, words) => {
  expect(() => readSettings('train', text)).toThrow(words);
});
