import type { Feature } from './features.ts';

/** Everything that scoring needs: what the graph is written from. */
export interface LinearModel {
  /** in the order of the inputs */
  features: Feature[];
  classes: string[];
  /** [bias, numbers, values of categories] × classes, see design.ts */
  weights: Float64Array;
}
