import type { Column } from '../../../daemon/training/linear/columns.ts';
import { buildDesign } from '../../../daemon/training/linear/design.ts';
import type { LinearModel } from '../../../daemon/training/linear/model.ts';
import type { Problem } from '../../../daemon/training/linear/objective.ts';
import { score } from '../../../daemon/training/linear/objective.ts';
import { rowLogits, softmax } from '../../../daemon/training/linear/softmax.ts';

/** The model in plain arithmetic; the graph must answer the same. [rows, classes] */
export function predict({ features, classes, weights }: LinearModel, columns: readonly Column[], rows: number) {
  const design = buildDesign(features, columns, rows);
  const all = new Float64Array(rows * classes.length);
  const logits = new Float64Array(classes.length);
  for (let row = 0; row < rows; row++) {
    rowLogits(design, weights, row, logits);
    softmax(logits);
    all.set(logits, row * classes.length);
  }
  return all;
}

/** What training minimises; its gradient is the derivative. */
export function objective(problem: Problem, weights: Float64Array): number {
  let squares = 0;
  for (let i = problem.classes; i < weights.length; i++) squares += (weights[i] as number) ** 2;
  return score(problem, weights).loss + (problem.l2 * squares) / (2 * problem.design.rows);
}
