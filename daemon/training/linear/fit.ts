import { assignByChance, PART } from '../split/assign.ts';
import type { Column } from './columns.ts';
import { distinctSorted } from './columns.ts';
import { descend } from './descent.ts';
import { buildDesign, pickRows } from './design.ts';
import { learnFeature } from './features.ts';
import type { LinearModel } from './model.ts';
import type { Problem } from './objective.ts';
import { score } from './objective.ts';

export interface FitOptions {
  l2: number;
  /** passes over the rows at most */
  epochs: number;
  /** the training has settled once no slope of the mean loss is steeper */
  tolerance: number;
  /** share of rows that is watched and not trained on */
  validation: number;
  seed: number;
}

export const FIT_DEFAULTS: FitOptions = { l2: 1, epochs: 200, tolerance: 3e-5, validation: 0.1, seed: 0 };

export interface Epoch {
  epoch: number;
  loss: number;
  train_accuracy: number;
  /** null when no row is set aside */
  validation_loss: number | null;
  validation_accuracy: number | null;
}

export interface Fit {
  model: LinearModel;
  last: Epoch;
  /** false: the epochs ran out first */
  settled: boolean;
}

/** Fits multinomial logistic regression. `onEpoch` is waited for, so that what it logs is never far behind. */
export async function fitModel(
  columns: readonly Column[],
  labels: readonly string[],
  options: FitOptions,
  onEpoch: (epoch: Epoch) => Promise<void> | void = () => {},
): Promise<Fit> {
  const classes = distinctSorted(labels);
  const features = columns.map(learnFeature);
  const all: Problem = {
    design: buildDesign(features, columns, labels.length),
    labels: Uint16Array.from(labels, (label) => classes.indexOf(label)),
    classes: classes.length,
    l2: options.l2,
  };
  const { fitted, watched } = setAside(all, labels, options);
  let weights: Float64Array = new Float64Array(0);
  let last: Epoch | undefined;
  let settled = true;
  for (const next of descend(fitted, options.tolerance)) {
    weights = next;
    last = report((last?.epoch ?? 0) + 1, weights, fitted, watched);
    await onEpoch(last);
    if (last.epoch < options.epochs) continue;
    settled = false;
    break;
  }
  if (last === undefined) throw new RangeError('at least one epoch is needed');
  return { model: { features, classes, weights }, last, settled };
}

/** Rows to watch: drawn class by class, so that a rare class is not lost to the training. */
function setAside(all: Problem, labels: readonly string[], options: FitOptions) {
  const parts = assignByChance(labels, options.validation, options.seed);
  const rowsOf = (part: number) => [...parts.keys()].filter((row) => parts[row] === part);
  const only = (rows: number[]): Problem => ({
    ...all,
    design: pickRows(all.design, rows),
    labels: Uint16Array.from(rows, (row) => all.labels[row] ?? 0),
  });
  const watchedRows = rowsOf(PART.test);
  return { fitted: only(rowsOf(PART.train)), watched: watchedRows.length === 0 ? null : only(watchedRows) };
}

function report(epoch: number, weights: Float64Array, fitted: Problem, watched: Problem | null): Epoch {
  const onFitted = score(fitted, weights);
  const onWatched = watched === null ? null : score(watched, weights);
  return {
    epoch,
    loss: onFitted.loss,
    train_accuracy: onFitted.accuracy,
    validation_loss: onWatched?.loss ?? null,
    validation_accuracy: onWatched?.accuracy ?? null,
  };
}
