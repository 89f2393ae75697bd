import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../daemon/training/evaluate/metrics.ts';

interface Case {
  name: string;
  input: {
    y_true: (number | string)[];
    score?: number[];
    probabilities?: number[][];
    classes?: (number | string)[];
    sample_weight: number[] | null;
  };
  params: { threshold?: number };
  expected: Record<string, { value?: number }> & {
    per_class?: Record<string, { precision: number; recall: number; f1: number; support: number }>;
  };
  tolerance: { rel: number; abs: number };
}

const vectors: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../../fixtures/vectors/classification-metrics.json', import.meta.url), 'utf8'),
);

/** Without weights, and where the threshold of two classes is the largest of two probabilities. */
const cases = vectors.cases.filter(
  ({ name, input, params }) =>
    input.sample_weight === null && (params.threshold ?? 0.5) === 0.5 && !['binary/score_at_threshold'].includes(name),
);

const METRICS = ['accuracy', 'precision_macro', 'recall_macro', 'f1_macro', 'log_loss'] as const;

function inputsOf({ input }: Case) {
  const labels = input.y_true.map(String);
  if (input.probabilities !== undefined) {
    const classes = input.classes?.map(String) ?? [];
    return { labels, probabilities: input.probabilities, classes };
  }
  // a score of exactly one half counts for class 1, so class 1 goes first here: the first of equals wins
  return { labels, probabilities: (input.score ?? []).map((score) => [score, 1 - score]), classes: ['1', '0'] };
}

describe('metrics equal scikit-learn', () => {
  test('there are cases to compare with', () => {
    expect(cases.length).toBeGreaterThanOrEqual(15);
  });

  test.each(cases)('$name', (each) => {
    const { labels, probabilities, classes } = inputsOf(each);
    const got = evaluate(labels, Float64Array.from(probabilities.flat()), classes);
    const { rel, abs } = each.tolerance;
    const close = (value: number, expected: number) =>
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(abs + rel * Math.abs(expected));
    for (const metric of METRICS) {
      const expected = each.expected[metric]?.value;
      if (expected !== undefined) close(got[metric], expected);
    }
    for (const [label, expected] of Object.entries(each.expected.per_class ?? {})) {
      const metrics = got.classes[label];
      close(metrics?.precision ?? Number.NaN, expected.precision);
      close(metrics?.recall ?? Number.NaN, expected.recall);
      close(metrics?.f1 ?? Number.NaN, expected.f1);
      expect(metrics?.support).toBe(expected.support);
    }
  });
});

test('a label that the model never saw counts as an error, not as a crash', () => {
  const got = evaluate(['a', 'new'], Float64Array.from([0.9, 0.1, 0.2, 0.8]), ['a', 'b']);
  expect(got.accuracy).toBe(0.5);
  expect(got.classes.new).toEqual({ precision: 0, recall: 0, f1: 0, support: 1 });
  expect(Number.isFinite(got.log_loss)).toBe(true);
});
