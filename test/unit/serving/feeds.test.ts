import { expect, test } from 'vitest';
import { toFeeds } from '../../../daemon/serving/host/feeds.ts';
import type { FeatureRecord } from '../../../schemas/wire/serving.ts';
import { VECTOR_SIGNATURE } from '../../contract/serving/support/vector-model.ts';

const GOOD: FeatureRecord = { age: 30, income: 2.5, colour: 'red', plan: 'pro' };
const feedsOf = (...records: FeatureRecord[]) => toFeeds(VECTOR_SIGNATURE, records);

test('columns are packed one after the other, numbers and texts apart', () => {
  const feeds = feedsOf(GOOD, { plan: 'basic', colour: 'blue', income: 1, age: 20 });
  expect(feeds).toEqual({
    rows: 2,
    numbers: Float32Array.from([30, 20, 2.5, 1]),
    texts: ['red', 'blue', 'pro', 'basic'],
  });
});

test('a missing number becomes NaN, a missing category a word no model learnt', () => {
  const { numbers, texts } = feedsOf({ ...GOOD, age: null, colour: null });
  expect(numbers[0]).toBeNaN();
  expect(texts[0]).toBe('');
});

test('an unknown category is taken as it is', () => {
  expect(feedsOf({ ...GOOD, colour: 'ultraviolet' }).texts[0]).toBe('ultraviolet');
});

test('a truth value counts as 1 or 0, and as a word for a category', () => {
  const { numbers, texts } = feedsOf({ ...GOOD, age: true, income: false, colour: true });
  expect([...numbers]).toEqual([1, 0]);
  expect(texts[0]).toBe('true');
});

test.each<[string, FeatureRecord, string]>([
  ['a column that is not there', { age: 30, income: 2, colour: 'red' }, 'Column "plan" is missing; send null for'],
  ['a misspelt column', { ...GOOD, colour: 'red', agee: 1 }, 'Column "agee" is not an input of this model.'],
  ['text for a number', { ...GOOD, age: '30' }, 'Column "age" is a number for this model, not the text "30".'],
  ['a number for a category', { ...GOOD, plan: 7 }, 'Column "plan" is text for this model, not the number 7.'],
  ['a number beyond float32', { ...GOOD, income: 1e39 }, 'Column "income" is not a finite number that fits'],
  ['a text as long as a book', { ...GOOD, colour: 'r'.repeat(1001) }, 'Column "colour" has 1001 characters, more than'],
  ['a list', { ...GOOD, age: [1] } as unknown as FeatureRecord, 'Column "age" is a number for this model, not a list.'],
  [
    'an object',
    { ...GOOD, plan: {} } as unknown as FeatureRecord,
    'Column "plan" is text for this model, not an object.',
  ],
])('%s is refused by the name of the column', (_, record, message) => {
  expect(() => feedsOf(record)).toThrow(message);
});

test('in a batch the row is named too', () => {
  expect(() => feedsOf(GOOD, { ...GOOD, age: 'x' })).toThrow('Column "age" (row 2) is a number');
});

test('names that every object has are not taken for columns', () => {
  const signature = {
    ...VECTOR_SIGNATURE,
    inputs: VECTOR_SIGNATURE.inputs.slice(0, 1).map((i) => ({ ...i, name: 'constructor' })),
  };
  expect(() => toFeeds(signature, [{}])).toThrow('Column "constructor" is missing');
});
