import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../daemon/base/random.ts';
import { numericCounts } from '../../../../daemon/monitoring/statistics/bins.ts';
import { chiSquareTail, goodnessOfFit } from '../../../../daemon/monitoring/statistics/chi-square.ts';
import { sorted, twoSampleKs, twoSampleKsSorted } from '../../../../daemon/monitoring/statistics/ks.ts';
import { oneSampleTail } from '../../../../daemon/monitoring/statistics/ks-one-sample.ts';
import { populationStability } from '../../../../daemon/monitoring/statistics/psi.ts';

/** Few different values: ties abound. */
const tied = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 40 });
const doubles = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 });
const sample = fc.oneof(tied, doubles);
const METHODS = ['exact', 'asymp'] as const;

describe('two-sample Kolmogorov-Smirnov', () => {
  test('does not care which sample comes first', () => {
    fc.assert(
      fc.property(sample, sample, fc.constantFrom(...METHODS), (a, b, method) => {
        // of one row each there is no asymptotic law
        fc.pre(a.length + b.length > 2);
        const [there, back] = [twoSampleKs(a, b, { method }), twoSampleKs(b, a, { method })];
        expect(there.statistic).toBe(back.statistic);
        expect(there.pvalue).toBeCloseTo(back.pvalue, 12);
        const greater = twoSampleKs(a, b, { alternative: 'greater' });
        const less = twoSampleKs(b, a, { alternative: 'less' });
        expect(greater.statistic).toBe(less.statistic);
        expect(greater.pvalue).toBeCloseTo(less.pvalue, 12);
      }),
    );
  });

  test('does not care about the order of the rows', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        expect(twoSampleKs(a.toReversed(), b.toReversed())).toEqual(twoSampleKs(a, b));
      }),
    );
  });

  test('stays within its bounds, and is a share of the rows', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const { statistic, pvalue } = twoSampleKs(a, b);
        expect(statistic).toBeGreaterThanOrEqual(0);
        expect(statistic).toBeLessThanOrEqual(1);
        expect(pvalue).toBeGreaterThanOrEqual(0);
        expect(pvalue).toBeLessThanOrEqual(1);
        expect(statistic * a.length * b.length).toBeCloseTo(Math.round(statistic * a.length * b.length), 6);
      }),
    );
  });

  test('finds nothing between a sample and itself, however often', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 1, max: 3 }), (a, times) => {
        const copies = Array.from({ length: times }, () => a).flat();
        expect(twoSampleKs(a, copies)).toEqual({ statistic: 0, pvalue: 1 });
      }),
    );
  });

  test('is the distance of the two distribution functions', () => {
    fc.assert(
      fc.property(tied, tied, (a, b) => {
        const share = (values: number[], x: number) => values.filter((value) => value <= x).length / values.length;
        const distances = [...a, ...b].map((x) => Math.abs(share(a, x) - share(b, x)));
        expect(twoSampleKs(a, b).statistic).toBeCloseTo(Math.max(...distances), 12);
      }),
    );
  });

  test('counts all orders of small samples', () => {
    for (const [n1, n2] of [
      [3, 4],
      [4, 4],
      [2, 6],
      [5, 3],
    ] as const) {
      const all = ordersOf(n1, n2).map((firsts) => ksOfOrder(firsts, n1 + n2));
      for (const [k, { statistic, pvalue }] of all.entries()) {
        if (k % 7 !== 0) continue;
        const asFar = all.filter((other) => other.statistic >= statistic - 1e-9).length;
        expect(pvalue).toBeCloseTo(asFar / all.length, 12);
      }
    }
  });

  test('goes on smoothly where the formulas meet', () => {
    for (const n of [30, 139, 140, 141, 500, 2000, 2001, 10_000]) {
      let previous = 1;
      for (let z = 0.3; z < 6; z += 0.01) {
        const tail = oneSampleTail(n, z / Math.sqrt(n));
        expect(tail).toBeLessThanOrEqual(previous + 2e-7);
        expect(previous - tail).toBeLessThan(0.02);
        previous = tail;
      }
    }
  });

  test('compares a million rows with a sorted million in 0.3 s of the processor', () => {
    const next = seededRandom(1);
    const rows = () => Float64Array.from({ length: 1_000_000 }, () => next() + next());
    const [reference, current] = [sorted(rows()), rows()];
    twoSampleKsSorted(reference.subarray(0, 20_000), sorted(current.subarray(0, 20_000)));
    // not the time on the wall, which other suites share
    const before = process.cpuUsage();
    twoSampleKsSorted(reference, sorted(current));
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(300_000);
  });
});

describe('population stability', () => {
  test('is never below zero, never NaN, and zero between a sample and itself', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [first, second] = [sorted(a), sorted(b)];
        const index = populationStability(numericCounts(first, second), first.length, second.length);
        expect(index).toBeGreaterThanOrEqual(0);
        expect(index).toBeLessThan(Number.POSITIVE_INFINITY);
        expect(populationStability(numericCounts(first, first), first.length, first.length)).toBe(0);
      }),
    );
  });

  test('puts every row into one bin', () => {
    const many = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 25, maxLength: 80 });
    fc.assert(
      fc.property(many, many, (a, b) => {
        const counts = numericCounts(sorted(a), sorted(b));
        expect(counts.reference.reduce((sum, count) => sum + count)).toBe(a.length);
        expect(counts.current.reduce((sum, count) => sum + count)).toBe(b.length);
      }),
    );
  });
});

describe('chi-square', () => {
  test('has a tail that only falls', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2000, noNaN: true }), fc.integer({ min: 1, max: 200 }), (x, dof) => {
        const tail = chiSquareTail(x, dof);
        expect(tail).toBeGreaterThanOrEqual(0);
        expect(tail).toBeLessThanOrEqual(1);
        expect(chiSquareTail(x * 1.01 + 0.01, dof)).toBeLessThanOrEqual(tail * (1 + 1e-12));
      }),
    );
  });

  test('finds nothing where the counts are as expected', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 30 }), (counts) => {
        expect(goodnessOfFit(counts, counts)).toEqual({ statistic: 0, pvalue: 1 });
      }),
    );
  });
});

/** The places of the first sample's rows among all, for each order of the two samples. */
function ordersOf(n1: number, n2: number): number[][] {
  if (n1 === 0) return [[]];
  if (n2 === 0) return [Array.from({ length: n1 }, (_, k) => k)];
  const last = n1 + n2 - 1;
  return [...ordersOf(n1 - 1, n2).map((firsts) => [...firsts, last]), ...ordersOf(n1, n2 - 1)];
}

function ksOfOrder(firsts: number[], total: number) {
  const others = Array.from({ length: total }, (_, k) => k).filter((k) => !firsts.includes(k));
  return twoSampleKs(firsts, others, { method: 'exact' });
}
