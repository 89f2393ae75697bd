import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Column } from '../../../../daemon/training/linear/columns.ts';
import { weightRowCount } from '../../../../daemon/training/linear/design.ts';
import type { Feature } from '../../../../daemon/training/linear/features.ts';
import type { LinearModel } from '../../../../daemon/training/linear/model.ts';
import { argmax } from '../../../../daemon/training/linear/softmax.ts';
import { writeGraph } from '../../../../daemon/training/onnx/graph.ts';
import { scoreFile } from '../../../../daemon/training/onnx/session.ts';
import { describeInputs } from '../../../../daemon/training/train/describe.ts';
import type { Signature } from '../../../../schemas/model.ts';
import { predict } from '../plain.ts';

const folder = mkdtempSync(join(tmpdir(), 'crisol-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(model: LinearModel, columns: Column[], rows: number) {
  const graph = writeGraph(model);
  const file = join(folder, 'model.onnx');
  writeFileSync(file, graph.bytes);
  const signature: Signature = {
    inputs: describeInputs(columns),
    target: 'y',
    classes: model.classes,
    outputs: graph.outputs,
  };
  return scoreFile(file, signature, columns, rows);
}

const weight = fc.double({ min: -3, max: 3, noNaN: true });
const name = fc.oneof(
  fc.constantFrom('label', 'probabilities', 'crisol/bias', 'crisol/zero', 'año', '得点', ' a b', '"quoted"', '🏆'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);
const category = fc.oneof(
  fc.constantFrom('', 'é', '日本', 'a,b', "it's"),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);

const feature: fc.Arbitrary<Feature> = fc.oneof(
  fc.record({
    kind: fc.constant('number' as const),
    name,
    mean: fc.double({ min: -5000, max: 5000, noNaN: true }),
    deviation: fc.double({ min: 0.01, max: 1000, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('category' as const),
    name,
    values: fc.uniqueArray(category, { minLength: 1, maxLength: 5 }),
  }),
);

const models = fc
  .record({
    features: fc.uniqueArray(feature, { minLength: 1, maxLength: 6, selector: ({ name }) => name }),
    classes: fc.uniqueArray(category, { minLength: 2, maxLength: 4 }),
  })
  .chain(({ features, classes }) => {
    const size = weightRowCount(features) * classes.length;
    return fc
      .array(weight, { minLength: size, maxLength: size })
      .map((weights): LinearModel => ({ features, classes, weights: Float64Array.from(weights) }));
  });

const ROWS = 6;

function cells(feature: Feature): fc.Arbitrary<Column> {
  const { name } = feature;
  const list = { minLength: ROWS, maxLength: ROWS };
  if (feature.kind === 'category') {
    const known = fc.constantFrom(...feature.values);
    return fc.array(fc.oneof(known, known, category), list).map((values) => ({ kind: 'category', name, values }));
  }
  const near = fc
    .double({ min: -4, max: 4, noNaN: true })
    .map((deviations) => feature.mean + deviations * feature.deviation);
  return fc
    .array(fc.oneof(near, near, fc.constant(Number.NaN)), list)
    .map((values) => ({ kind: 'number', name, values: Float64Array.from(values) }));
}

const cases = models.chain((model) =>
  fc.record({ model: fc.constant(model), columns: fc.tuple(...model.features.map(cells)) }),
);

test('the graph answers what the trainer computes, with missing values and unknown categories too', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ model, columns }) => {
      const { labels, probabilities } = await run(model, columns, ROWS);
      const expected = predict(model, columns, ROWS);
      const classes = model.classes.length;
      expected.forEach((value, i) => {
        expect(Math.abs((probabilities[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-6);
      });
      labels.forEach((label, row) => {
        const best = argmax(probabilities.subarray(row * classes, (row + 1) * classes));
        expect(label).toBe(model.classes[best]);
      });
    }),
    { numRuns: 150 },
  );
});

test('a column may have any name', async () => {
  for (const name of ['__proto__', 'constructor', ' ', 'a.b[0]', 'ñ 🏆']) {
    const model: LinearModel = {
      features: [{ kind: 'number', name, mean: 0, deviation: 1 }],
      classes: ['no', 'yes'],
      weights: Float64Array.from([0, 0, -1, 1]),
    };
    const { labels } = await run(model, [{ kind: 'number', name, values: Float64Array.from([-1, 1]) }], 2);
    expect([name, labels]).toEqual([name, ['no', 'yes']]);
  }
});

test('one row and many rows get the same answers', async () => {
  const model: LinearModel = {
    features: [{ kind: 'number', name: 'x', mean: 2, deviation: 3 }],
    classes: ['no', 'yes'],
    weights: Float64Array.from([0.1, -0.1, -0.7, 0.7]),
  };
  const many = 10_000;
  const x = Float64Array.from({ length: many }, (_, i) => i % 13);
  const all = await run(model, [{ kind: 'number', name: 'x', values: x }], many);
  const one = await run(model, [{ kind: 'number', name: 'x', values: x.slice(9_999) }], 1);
  expect(all.labels).toHaveLength(many);
  expect([...all.probabilities.slice(-2)]).toEqual([...one.probabilities]);
});
