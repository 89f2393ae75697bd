import type { DriftTest } from '../rules.ts';
import type { PairedCounts } from '../statistics/bins.ts';
import { categoryCounts, numericCounts } from '../statistics/bins.ts';
import { goodnessOfFit } from '../statistics/chi-square.ts';
import { twoSampleKsSorted } from '../statistics/ks.ts';
import { populationStability } from '../statistics/psi.ts';
import type { PreparedColumn } from './prepare.ts';

export interface Measured {
  test: 'ks' | 'chi_square' | 'psi';
  /** infinite when a category is new: what was expected of it is nothing */
  statistic: number;
  /** none for `psi`, which is no test of significance */
  pvalue: number | null;
  effect: number;
  effectName: string;
  psi: number;
}

/** Both columns have values and are of one kind. */
export function measure(reference: PreparedColumn, current: PreparedColumn, wanted: DriftTest): Measured {
  const counts = pairedCounts(reference, current);
  const psi = populationStability(counts, reference.rows, current.rows);
  const test = testFor(reference.kind, wanted);
  if (test === 'psi') return { test, statistic: psi, pvalue: null, effect: psi, effectName: 'PSI', psi };
  if (test === 'ks' && reference.kind === 'number' && current.kind === 'number') {
    const { statistic, pvalue } = twoSampleKsSorted(reference.sorted, current.sorted);
    return { test, statistic, pvalue, effect: statistic, effectName: 'KS', psi };
  }
  return {
    test: 'chi_square',
    ...fitToReference(counts, reference.rows, current.rows),
    effect: psi,
    effectName: 'PSI',
    psi,
  };
}

export function testFor(kind: PreparedColumn['kind'], wanted: DriftTest): Measured['test'] {
  if (wanted === 'psi') return 'psi';
  // there is no order among categories for KS to look along
  if (kind === 'category') return 'chi_square';
  return wanted === 'chi_square' ? 'chi_square' : 'ks';
}

/** Current counts against the reference's, scaled to as many rows. */
export function fitToReference(counts: PairedCounts, referenceRows: number, currentRows: number) {
  const scale = currentRows / referenceRows;
  const filled = counts.reference.map((_, k) => k).filter((k) => counts.reference[k] || counts.current[k]);
  const observed = filled.map((k) => counts.current[k] ?? 0);
  const expected = filled.map((k) => (counts.reference[k] ?? 0) * scale);
  return goodnessOfFit(observed, expected);
}

function pairedCounts(reference: PreparedColumn, current: PreparedColumn): PairedCounts {
  if (reference.kind === 'number' && current.kind === 'number') return numericCounts(reference.sorted, current.sorted);
  if (reference.kind === 'category' && current.kind === 'category') {
    return categoryCounts(reference.counts, current.counts);
  }
  throw new TypeError('a column of numbers cannot be compared with one of categories');
}
