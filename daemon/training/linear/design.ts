import type { Column } from './columns.ts';
import type { CategoryFeature, Feature, NumberFeature } from './features.ts';
import { asServed } from './features.ts';

/**
 * Rows as the optimiser reads them. A category is not spread over zeros and ones but kept as the number of its row of
 * weights, which says the same. Rows of weights: the bias, one for each number, one for each value of each category.
 */
export interface Design {
  rows: number;
  numberCount: number;
  categoryCount: number;
  weightRows: number;
  /** standardised, row after row */
  numbers: Float64Array;
  /** row after row; -1 for a value that the training rows did not have */
  codes: Int32Array;
}

export function numberFeatures(features: readonly Feature[]): NumberFeature[] {
  return features.filter((feature) => feature.kind === 'number');
}

export function categoryFeatures(features: readonly Feature[]): CategoryFeature[] {
  return features.filter((feature) => feature.kind === 'category');
}

/** Where each category's rows of weights begin. */
export function categoryOffsets(features: readonly Feature[]): number[] {
  let next = 1 + numberFeatures(features).length;
  return categoryFeatures(features).map((feature) => {
    const offset = next;
    next += feature.values.length;
    return offset;
  });
}

export function weightRowCount(features: readonly Feature[]): number {
  const categories = categoryFeatures(features);
  return 1 + numberFeatures(features).length + categories.reduce((sum, feature) => sum + feature.values.length, 0);
}

export function buildDesign(features: readonly Feature[], columns: readonly Column[], rows: number): Design {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const numberList = numberFeatures(features);
  const categoryList = categoryFeatures(features);
  const design: Design = {
    rows,
    numberCount: numberList.length,
    categoryCount: categoryList.length,
    weightRows: weightRowCount(features),
    numbers: new Float64Array(rows * numberList.length),
    codes: new Int32Array(rows * categoryList.length).fill(-1),
  };
  numberList.forEach((feature, index) => {
    fillNumbers(design, feature, index, byName.get(feature.name));
  });
  const offsets = categoryOffsets(features);
  categoryList.forEach((feature, index) => {
    fillCodes(design, { feature, index, offset: offsets[index] ?? 0 }, byName.get(feature.name));
  });
  return design;
}

function fillNumbers(design: Design, feature: NumberFeature, index: number, column: Column | undefined): void {
  if (column?.kind !== 'number') return;
  for (let row = 0; row < design.rows; row++) {
    const value = asServed(column.values[row] ?? Number.NaN);
    // a missing value becomes the mean, which is 0 once standardised
    const standardised = Number.isNaN(value) ? 0 : (value - feature.mean) / feature.deviation;
    design.numbers[row * design.numberCount + index] = standardised;
  }
}

function fillCodes(
  design: Design,
  at: { feature: CategoryFeature; index: number; offset: number },
  column: Column | undefined,
): void {
  if (column?.kind !== 'category') return;
  const codes = new Map(at.feature.values.map((value, position) => [value, at.offset + position]));
  for (let row = 0; row < design.rows; row++) {
    const code = codes.get(column.values[row] ?? '');
    if (code !== undefined) design.codes[row * design.categoryCount + at.index] = code;
  }
}

/** The rows of a design that `keep` names, in that order. */
export function pickRows(design: Design, keep: readonly number[]): Design {
  const picked: Design = {
    ...design,
    rows: keep.length,
    numbers: new Float64Array(keep.length * design.numberCount),
    codes: new Int32Array(keep.length * design.categoryCount),
  };
  keep.forEach((row, index) => {
    const { numberCount: p, categoryCount: q } = design;
    picked.numbers.set(design.numbers.subarray(row * p, (row + 1) * p), index * p);
    picked.codes.set(design.codes.subarray(row * q, (row + 1) * q), index * q);
  });
  return picked;
}
