import type { JsonValue } from '../../../schemas/language/json.ts';

/** What one param may be. */
export type Dimension = NumericDimension | CategoricalDimension;

export interface NumericDimension {
  type: 'float' | 'int';
  low: number;
  /** within the range, and on a step */
  high: number;
  log: boolean;
  /** only every so many from `low`; null: any number. Whole numbers always have one */
  step: number | null;
}

export interface CategoricalDimension {
  type: 'categorical';
  choices: readonly JsonValue[];
}

/** Params by name, in the order in which they stand. */
export type Space = ReadonlyMap<string, Dimension>;

/** What samplers compute with: a number as it is, of choices the position. */
export type Point = ReadonlyMap<string, number>;

/** Nothing to draw: one value is all there is. */
export function isFixed(dimension: Dimension): boolean {
  return sizeOf(dimension) === 1;
}

/** How many values there are; infinitely many without a step. */
export function sizeOf(dimension: Dimension): number {
  if (dimension.type === 'categorical') return dimension.choices.length;
  const { low, high, step } = dimension;
  if (low === high) return 1;
  return step === null ? Number.POSITIVE_INFINITY : Math.round((high - low) / step) + 1;
}

/** The value in the middle of what a step stands for, without what the sum rounds: 0.3, not 0.30000000000000004. */
export function valueAt({ low, high, step }: NumericDimension, index: number): number {
  if (step === null) return low;
  const digits = Math.max(decimalsOf(low), decimalsOf(step));
  const value = low + index * step;
  return Math.min(digits > 15 ? value : Number(value.toFixed(digits)), high);
}

/** The nearest value that the dimension has. */
export function snapped(dimension: NumericDimension, value: number): number {
  const within = Math.min(Math.max(value, dimension.low), dimension.high);
  if (dimension.step === null) return within;
  return valueAt(dimension, Math.round((within - dimension.low) / dimension.step));
}

/** The last value on a step that is not over `high`. */
export function lastOnStep(low: number, high: number, step: number): number {
  // a quotient that should be whole may be a little less
  const steps = Math.floor((high - low) / step + 1e-9);
  return valueAt({ type: 'float', low, high, log: false, step }, steps);
}

function decimalsOf(value: number): number {
  const [digits = '', exponent = '0'] = value.toString().split('e');
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent));
}
