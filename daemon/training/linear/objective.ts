import type { Design } from './design.ts';
import { argmax, rowLogits, softmax } from './softmax.ts';

/** Rows, their classes and how strongly large weights are held back. */
export interface Problem {
  design: Design;
  labels: Uint16Array;
  classes: number;
  /** as in scikit-learn's 1/C: ½·l2·Σw² beside the sum of the rows' losses; the bias is free */
  l2: number;
}

/** The gradient of what is minimised: (Σ row losses + ½·l2·Σw²) / rows. */
export function gradient(problem: Problem, weights: Float64Array, into: Float64Array): void {
  const { design, labels, classes, l2 } = problem;
  const logits = new Float64Array(classes);
  into.fill(0);
  for (let row = 0; row < design.rows; row++) {
    rowLogits(design, weights, row, logits);
    softmax(logits);
    const label = labels[row] as number;
    logits[label] = (logits[label] as number) - 1;
    addOuter(design, row, logits, into);
  }
  for (let i = 0; i < into.length; i++) {
    const penalty = i < classes ? 0 : l2 * (weights[i] as number);
    into[i] = ((into[i] as number) + penalty) / design.rows;
  }
}

/** into += (row of the design) ⊗ error */
function addOuter(design: Design, row: number, error: Float64Array, into: Float64Array): void {
  const classes = error.length;
  const { numberCount, categoryCount, numbers, codes } = design;
  for (let k = 0; k < classes; k++) into[k] = (into[k] as number) + (error[k] as number);
  for (let j = 0; j < numberCount; j++) {
    const value = numbers[row * numberCount + j] as number;
    const from = (1 + j) * classes;
    for (let k = 0; k < classes; k++) into[from + k] = (into[from + k] as number) + value * (error[k] as number);
  }
  for (let j = 0; j < categoryCount; j++) {
    const code = codes[row * categoryCount + j] as number;
    if (code < 0) continue;
    for (let k = 0; k < classes; k++) {
      into[code * classes + k] = (into[code * classes + k] as number) + (error[k] as number);
    }
  }
}

/** Mean loss of the rows (without the penalty) and the share whose class comes out on top. */
export function score(problem: Problem, weights: Float64Array): { loss: number; accuracy: number } {
  const { design, labels, classes } = problem;
  const logits = new Float64Array(classes);
  let loss = 0;
  let right = 0;
  for (let row = 0; row < design.rows; row++) {
    rowLogits(design, weights, row, logits);
    const label = labels[row] as number;
    const ofLabel = logits[label] as number;
    if (argmax(logits) === label) right += 1;
    loss += softmax(logits) - ofLabel;
  }
  return { loss: loss / design.rows, accuracy: right / design.rows };
}
