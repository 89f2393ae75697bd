import { expect, test } from 'vitest';
import type { Column } from '../../../../daemon/training/linear/columns.ts';
import { FIT_DEFAULTS, fitModel } from '../../../../daemon/training/linear/fit.ts';
import { predict } from '../plain.ts';

const number = (name: string, values: number[]): Column => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
});
const texts = (name: string, values: string[]): Column => ({ kind: 'category', name, values });

test('a constant column changes no prediction', async () => {
  const labels = ['a', 'b', 'a', 'b', 'b', 'a'];
  const useful = number('x', [1, 4, 2, 5, 6, 1]);
  const options = { ...FIT_DEFAULTS, validation: 0, epochs: 5000, tolerance: 1e-9 };
  const alone = await fitModel([useful], labels, options);
  const both = await fitModel([useful, number('constant', [7, 7, 7, 7, 7, 7])], labels, options);
  const [expected, got] = [predict(alone.model, [useful], 6), predict(both.model, [useful], 6)];
  got.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
  });
});

test('a missing category is a category of its own, an unknown one counts nothing', async () => {
  const colour = texts('colour', ['red', '', 'red', '', 'blue', '', 'red', '']);
  const labels = ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'];
  const { model } = await fitModel([colour], labels, { ...FIT_DEFAULTS, validation: 0 });
  const [ofMissing = 0, , ofUnknown = 0] = predict(model, [texts('colour', ['', 'green'])], 2);
  const biasOnly = 1 / (1 + Math.exp((model.weights[1] ?? 0) - (model.weights[0] ?? 0)));
  expect(ofMissing).toBeLessThan(0.3);
  expect(ofUnknown).toBeCloseTo(biasOnly, 12);
});

test('a missing number counts as the mean', async () => {
  const x = number('x', [1, Number.NaN, 3, 8, Number.NaN, 9]);
  const { model } = await fitModel([x], ['a', 'a', 'a', 'b', 'b', 'b'], { ...FIT_DEFAULTS, validation: 0 });
  const answers = predict(model, [number('x', [Number.NaN, 5.25])], 2);
  expect(answers[0]).toBeCloseTo(answers[2] ?? Number.NaN, 12);
});

test('each epoch is reported, with rows set aside to watch, and stops at the limit', async () => {
  const rows = 200;
  const x = number(
    'x',
    Array.from({ length: rows }, (_, i) => (i * 37) % 101),
  );
  const labels = Array.from({ length: rows }, (_, i) => ((i * 37) % 101 > 50 ? 'high' : 'low'));
  const losses: number[] = [];
  const { settled, last } = await fitModel([x], labels, { ...FIT_DEFAULTS, epochs: 15 }, (epoch) => {
    losses.push(epoch.loss);
  });
  expect(settled).toBe(false);
  expect(losses).toHaveLength(15);
  expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 1.5);
  expect(last.validation_accuracy).toBeGreaterThan(0.9);
});

test('the same rows and the same seed give the same weights, bit by bit', async () => {
  const x = number('x', [5, 1, 4, 2, 8, 3, 7, 1, 9, 6, 2, 4]);
  const labels = ['a', 'b', 'a', 'b', 'c', 'c', 'a', 'b', 'c', 'a', 'b', 'c'];
  const options = { ...FIT_DEFAULTS, validation: 0.25, seed: 3 };
  const [first, second] = [await fitModel([x], labels, options), await fitModel([x], labels, options)];
  expect(second.model.weights).toEqual(first.model.weights);
});
