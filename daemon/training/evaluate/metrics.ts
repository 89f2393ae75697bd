import { argmax } from '../linear/softmax.ts';

/** scikit-learn clips probabilities at the machine epsilon before it takes their logarithm. */
const EPSILON = 2 ** -52;

export interface ClassMetrics {
  precision: number;
  recall: number;
  f1: number;
  support: number;
}

export interface Evaluation {
  rows: number;
  accuracy: number;
  precision_macro: number;
  recall_macro: number;
  f1_macro: number;
  log_loss: number;
  classes: Record<string, ClassMetrics>;
}

/**
 * Classification metrics as scikit-learn defines them: the prediction is the class of the largest probability (the first of
 * equals), a ratio without a denominator counts 0, averages run over all classes. A label that the model does not know is
 * a class that it never predicts.
 */
export function evaluate(labels: readonly string[], probabilities: Float64Array, known: readonly string[]): Evaluation {
  const classes = [...known, ...new Set(labels.filter((label) => !known.includes(label)))];
  const counts = classes.map(() => ({ right: 0, predicted: 0, actual: 0 }));
  let loss = 0;
  labels.forEach((label, row) => {
    const scores = probabilities.subarray(row * known.length, (row + 1) * known.length);
    const [actual, predicted] = [classes.indexOf(label), argmax(scores)];
    count(counts, actual, predicted);
    loss -= Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, scores[actual] ?? 0)));
  });
  const right = counts.reduce((sum, each) => sum + each.right, 0);
  const perClass = counts.map(classMetrics);
  const mean = (pick: (metrics: ClassMetrics) => number) =>
    perClass.reduce((sum, metrics) => sum + pick(metrics), 0) / perClass.length;
  return {
    rows: labels.length,
    accuracy: right / labels.length,
    precision_macro: mean((metrics) => metrics.precision),
    recall_macro: mean((metrics) => metrics.recall),
    f1_macro: mean((metrics) => metrics.f1),
    log_loss: loss / labels.length,
    classes: Object.fromEntries(perClass.map((metrics, index) => [classes[index] ?? '', metrics])),
  };
}

interface Counts {
  right: number;
  predicted: number;
  actual: number;
}

function count(counts: Counts[], actual: number, predicted: number): void {
  const [ofActual, ofPredicted] = [counts[actual], counts[predicted]];
  if (ofActual === undefined || ofPredicted === undefined) return;
  ofActual.actual += 1;
  ofPredicted.predicted += 1;
  if (actual === predicted) ofActual.right += 1;
}

function classMetrics({ right, predicted, actual }: Counts): ClassMetrics {
  const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    precision: ratio(right, predicted),
    recall: ratio(right, actual),
    f1: ratio(2 * right, predicted + actual),
    support: actual,
  };
}
