import type { CategoryColumn, Column, NumberColumn } from './columns.ts';
import { distinctSorted } from './columns.ts';

/** How columns become numbers: learnt from the training rows, and written into the graph as it is. */
export type Feature = NumberFeature | CategoryFeature;

export interface NumberFeature {
  kind: 'number';
  name: string;
  /** stands in for a missing value */
  mean: number;
  /** standard deviation; 1 for a constant column, which then counts nothing */
  deviation: number;
}

export interface CategoryFeature {
  kind: 'category';
  name: string;
  /** one weight each; the empty text (missing) is among them if training rows lacked a value */
  values: string[];
}

/**
 * Served values arrive as float32. Training on values rounded likewise makes sure that the model meets the very numbers it
 * was trained on.
 */
export const asServed = Math.fround;

export function learnFeature(column: Column): Feature {
  return column.kind === 'number' ? learnNumber(column) : learnCategory(column);
}

function learnNumber(column: NumberColumn): NumberFeature {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const raw of column.values) {
    const value = asServed(raw);
    if (Number.isNaN(value)) continue;
    count += 1;
    const distance = value - mean;
    mean += distance / count;
    squares += distance * (value - mean);
  }
  const variance = count === 0 ? 0 : squares / count;
  return { kind: 'number', name: column.name, mean, deviation: variance > 0 ? Math.sqrt(variance) : 1 };
}

function learnCategory(column: CategoryColumn): CategoryFeature {
  return { kind: 'category', name: column.name, values: distinctSorted(column.values) };
}
