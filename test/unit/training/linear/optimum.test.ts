import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Column } from '../../../../daemon/training/linear/columns.ts';
import { descend } from '../../../../daemon/training/linear/descent.ts';
import { buildDesign } from '../../../../daemon/training/linear/design.ts';
import { learnFeature } from '../../../../daemon/training/linear/features.ts';
import { FIT_DEFAULTS, fitModel } from '../../../../daemon/training/linear/fit.ts';
import type { Problem } from '../../../../daemon/training/linear/objective.ts';
import { gradient } from '../../../../daemon/training/linear/objective.ts';
import { objective, predict } from '../plain.ts';

interface Fixture {
  classes: string[];
  data: { age: number[]; height: number[]; colour: string[]; y: string[] };
  cases: {
    l2: number;
    intercept_centred: number[];
    coef: number[][];
    log_loss: number;
    first_probabilities: number[][];
  }[];
}

const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../../../fixtures/training/logistic-regression.json', import.meta.url), 'utf8'),
);
const { data } = fixture;
const columns: Column[] = [
  { kind: 'number', name: 'age', values: Float64Array.from(data.age) },
  { kind: 'number', name: 'height', values: Float64Array.from(data.height) },
  { kind: 'category', name: 'colour', values: data.colour },
];

/** [class][weight row] of a flat [weight row, class] list. */
function byClass(weights: Float64Array, classes: number): number[][] {
  return Array.from({ length: classes }, (_, k) => [...weights].filter((_, i) => i % classes === k));
}

function expectClose(got: readonly number[], expected: readonly number[], digits: number): void {
  expect(got.length).toBe(expected.length);
  got.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, digits);
  });
}

describe('training settles at the same weights as scikit-learn', () => {
  test.each(fixture.cases)('l2 = $l2', async ({ l2, coef, intercept_centred, log_loss, first_probabilities }) => {
    const options = { ...FIT_DEFAULTS, l2, validation: 0, epochs: 100_000, tolerance: 1e-9 };
    const { model, last, settled } = await fitModel(columns, data.y, options);
    expect(settled).toBe(true);
    expect(model.classes).toEqual(fixture.classes);
    const perClass = byClass(model.weights, 3);
    const biases = perClass.map(([bias = 0]) => bias);
    // a constant added to the bias of each class changes nothing: compare them around their mean
    const mean = biases.reduce((sum, bias) => sum + bias, 0) / biases.length;
    expectClose(
      biases.map((bias) => bias - mean),
      intercept_centred,
      4,
    );
    perClass.forEach(([, ...weights], k) => {
      expectClose(weights, coef[k] ?? [], 4);
    });
    expect(last.loss).toBeCloseTo(log_loss, 8);
    expectClose([...predict(model, columns, 5)], first_probabilities.flat(), 6);
  });
});

/** A small problem whose numbers come from fast-check. */
const problems = fc
  .record({
    rows: fc.array(
      fc.record({
        a: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        b: fc.constantFrom('x', 'y', ''),
        label: fc.nat({ max: 2 }),
      }),
      { minLength: 3, maxLength: 30 },
    ),
    l2: fc.double({ min: 0.01, max: 50, noNaN: true }),
  })
  .map(({ rows, l2 }): Problem => {
    const table: Column[] = [
      { kind: 'number', name: 'a', values: Float64Array.from(rows, (row) => row.a) },
      { kind: 'category', name: 'b', values: rows.map((row) => row.b) },
    ];
    const design = buildDesign(table.map(learnFeature), table, rows.length);
    return { design, labels: Uint16Array.from(rows, (row) => row.label), classes: 3, l2 };
  });

test('the gradient is the slope of the objective', () => {
  fc.assert(
    fc.property(problems, fc.infiniteStream(fc.double({ min: -2, max: 2, noNaN: true })), (problem, stream) => {
      const size = problem.design.weightRows * problem.classes;
      const weights = Float64Array.from({ length: size }, () => stream.next().value ?? 0);
      const slope = new Float64Array(size);
      gradient(problem, weights, slope);
      const step = 1e-5;
      for (let i = 0; i < size; i++) {
        const [above, below] = [weights.slice(), weights.slice()];
        above[i] = (weights[i] ?? 0) + step;
        below[i] = (weights[i] ?? 0) - step;
        const measured = (objective(problem, above) - objective(problem, below)) / (2 * step);
        expect(Math.abs(measured - (slope[i] ?? Number.NaN))).toBeLessThan(1e-6 * (1 + Math.abs(measured)));
      }
    }),
    { numRuns: 40 },
  );
});

test('whatever the data, training ends where no slope is left, and lower than anywhere beside it', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      let weights: Float64Array = new Float64Array(0);
      let epochs = 0;
      for (const next of descend(problem, 1e-7)) {
        weights = next;
        epochs += 1;
        if (epochs === 50_000) break;
      }
      const slope = new Float64Array(weights.length);
      gradient(problem, weights, slope);
      expect(Math.max(...slope.map(Math.abs))).toBeLessThanOrEqual(1e-7);
      const beside = weights.map((value, i) => value + (i % 2 === 0 ? 0.01 : -0.02));
      expect(objective(problem, weights)).toBeLessThanOrEqual(objective(problem, beside) + 1e-12);
    }),
    { numRuns: 25 },
  );
});
