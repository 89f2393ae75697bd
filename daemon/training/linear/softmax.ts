import type { Design } from './design.ts';

/** Logits of one row: bias plus weighted numbers plus the weights of its categories. `weights` is [weightRows, classes]. */
export function rowLogits(design: Design, weights: Float64Array, row: number, logits: Float64Array): void {
  const classes = logits.length;
  const { numberCount, categoryCount, numbers, codes } = design;
  for (let k = 0; k < classes; k++) logits[k] = weights[k] as number;
  for (let j = 0; j < numberCount; j++) {
    const value = numbers[row * numberCount + j] as number;
    const from = (1 + j) * classes;
    for (let k = 0; k < classes; k++) logits[k] = (logits[k] as number) + value * (weights[from + k] as number);
  }
  for (let j = 0; j < categoryCount; j++) {
    const code = codes[row * categoryCount + j] as number;
    if (code < 0) continue;
    for (let k = 0; k < classes; k++) {
      logits[k] = (logits[k] as number) + (weights[code * classes + k] as number);
    }
  }
}

/** Turns logits into probabilities in place and answers log(sum(exp(logits))). */
export function softmax(logits: Float64Array): number {
  const top = Math.max(...logits);
  let sum = 0;
  for (let k = 0; k < logits.length; k++) {
    const power = Math.exp((logits[k] as number) - top);
    logits[k] = power;
    sum += power;
  }
  for (let k = 0; k < logits.length; k++) logits[k] = (logits[k] as number) / sum;
  return top + Math.log(sum);
}

/** The position of the largest value, the first one of equals. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if ((values[k] as number) > (values[best] as number)) best = k;
  return best;
}
