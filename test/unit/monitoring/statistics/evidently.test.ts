import { describe, expect, test } from 'vitest';
import { fitToReference } from '../../../../daemon/monitoring/columns/measure.ts';
import type { Cell, PreparedColumn } from '../../../../daemon/monitoring/columns/prepare.ts';
import { prepareColumn } from '../../../../daemon/monitoring/columns/prepare.ts';
import type { PairedCounts } from '../../../../daemon/monitoring/statistics/bins.ts';
import { categoryCounts, numericCounts, valueCounts } from '../../../../daemon/monitoring/statistics/bins.ts';
import { twoSampleKsSorted } from '../../../../daemon/monitoring/statistics/ks.ts';
import { fillEmpty, populationStability, shares } from '../../../../daemon/monitoring/statistics/psi.ts';
import type { Case } from '../../../support/vectors.ts';
import { asNumber, casesOf, columnOf, isClose } from '../../../support/vectors.ts';

const METHODS = ['ks', 'chisquare', 'psi'];

describe("a column's score equals Evidently's", () => {
  const cases = casesOf('evidently-stattests').filter(({ params }) => METHODS.includes(String(params.method)));
  test.for(cases.map((one) => [one.name, one] as const))('%s', ([, one]) => {
    const [reference, current] = prepared(one.params.type, one.input.reference, one.input.current);
    if ('error' in one.expected) {
      expect(Math.min(reference.rows, current.rows)).toBe(0);
      return;
    }
    const got = score(String(one.params.method), reference, current);
    expect(isClose(got, one.expected.score, one.tolerance), `${got} instead of ${one.expected.score}`).toBe(true);
  });
});

describe("the bins equal Evidently's", () => {
  const cases = casesOf('evidently-stattests').filter(({ params }) => params.method === 'bins');
  test.for(cases.map((one) => [one.name, one] as const))('%s', ([, one]) => {
    const [reference, current] = prepared(one.params.type, one.input.reference, one.input.current);
    const counts = pairedCounts(reference, current);
    const fill = one.params.fill_zeros ? fillEmpty : (sample: Float64Array) => sample;
    const before = fill(shares(counts.reference, reference.rows));
    const now = fill(shares(counts.current, current.rows));
    expect(before).toHaveLength(Number(one.expected.n_bins));
    if (!one.expected.edges) {
      const pairs = [...before].map((share, k) => [share, now[k] ?? Number.NaN] as [number, number]);
      pairs.sort(([a, b], [c, d]) => a - c || b - d);
      expectClose(pairs.flat(), (one.expected.pairs_sorted as number[][]).flat(), one);
      return;
    }
    expectClose([...(counts.edges ?? [])], one.expected.edges as number[], one);
    expectClose([...before], one.expected.reference as number[], one);
    expectClose([...now], one.expected.current as number[], one);
  });
});

describe("the columns of whole reports equal Evidently's", () => {
  const cases = casesOf('drift-report').flatMap((one) => columnsOf(one).map((column) => ({ one, column })));
  const ours = cases.filter(({ column }) => METHODS.includes(column.method));
  test.for(ours.map((each) => [`${each.one.name}/${each.column.column}`, each] as const))(
    '%s',
    ([, { one, column }]) => {
      const frames = one.input as Record<string, Record<string, unknown>>;
      const sides = [frames.reference?.[column.column], frames.current?.[column.column]] as const;
      const [reference, current] = prepared(column.type, ...sides);
      const got = score(column.method, reference, current);
      expect(isClose(got, column.score, { rel: 1e-6, abs: 1e-14 }), `${got} instead of ${column.score}`).toBe(true);
    },
  );
});

interface ExpectedColumn {
  column: string;
  type: string;
  method: string;
  score: unknown;
}

function columnsOf({ expected }: Case): ExpectedColumn[] {
  return (expected.columns as ExpectedColumn[] | undefined) ?? [];
}

function prepared(type: unknown, reference: unknown, current: unknown): [PreparedColumn, PreparedColumn] {
  const prepare = (input: unknown) => {
    const values = columnOf(input);
    return type === 'num'
      ? prepareColumn('number', values.map(asNumber))
      : prepareColumn('category', values as readonly Cell[]);
  };
  return [prepare(reference), prepare(current)];
}

function score(method: string, reference: PreparedColumn, current: PreparedColumn): number {
  if (method === 'psi') return populationStability(pairedCounts(reference, current), reference.rows, current.rows);
  if (method === 'chisquare') return fitToReference(byValue(reference, current), reference.rows, current.rows).pvalue;
  if (reference.kind !== 'number' || current.kind !== 'number') return Number.NaN;
  return twoSampleKsSorted(reference.sorted, current.sorted).pvalue;
}

function pairedCounts(reference: PreparedColumn, current: PreparedColumn): PairedCounts {
  return reference.kind === 'number' && current.kind === 'number'
    ? numericCounts(reference.sorted, current.sorted)
    : byValue(reference, current);
}

/** Evidently's chi-square takes each value as a category, numbers too. */
function byValue(reference: PreparedColumn, current: PreparedColumn): PairedCounts {
  if (reference.kind === 'category' && current.kind === 'category') {
    return categoryCounts(reference.counts, current.counts);
  }
  if (reference.kind === 'number' && current.kind === 'number') return valueCounts(reference.sorted, current.sorted);
  throw new TypeError('two kinds');
}

function expectClose(got: number[], expected: number[], { tolerance }: Case): void {
  expect(got).toHaveLength(expected.length);
  got.forEach((value, k) => {
    expect(isClose(value, expected[k], tolerance), `${value} instead of ${expected[k]}`).toBe(true);
  });
}
