import type { Column } from './columns.ts';
import { buildDesign } from './design.ts';
import type { Feature } from './features.ts';
import { probabilities } from './softmax.ts';

/** Everything that scoring needs: what the graph is written from. */
export interface LinearModel {
  /** in the order of the inputs */
  features: Feature[];
  classes: string[];
  /** [bias, numbers, values of categories] × classes, see design.ts */
  weights: Float64Array;
}

/** The model in plain arithmetic; the graph must answer the same. [rows, classes] */
export function predict(model: LinearModel, columns: readonly Column[], rows: number): Float64Array {
  return probabilities(buildDesign(model.features, columns, rows), model.weights, model.classes.length);
}
