import type { BuiltInSettings } from '../../../schemas/language/grammar/built-in-steps.ts';
import { withTable } from '../../data/index.ts';
import type { Epoch } from '../linear/fit.ts';
import { FIT_DEFAULTS, fitModel } from '../linear/fit.ts';
import { writeGraph } from '../onnx/graph.ts';
import { readTrainingRows } from './columns.ts';
import { describeModel, sampleReference } from './describe.ts';
import { refuseForeign, writeModelFolder } from './folder.ts';

export type TrainSettings = BuiltInSettings<'train'>;

/** Whoever wants to watch; each call is waited for. */
export interface TrainObserver {
  params?(params: Record<string, string>): Promise<void> | void;
  epoch?(epoch: Epoch, epochs: number): Promise<void> | void;
  note?(sentence: string): void;
}

export interface TrainResult {
  rows: number;
  inputs: number;
  classes: string[];
  last: Epoch;
  /** false: the epochs ran out before the training settled */
  settled: boolean;
}

/** Trains on a data file and writes a model folder: graph, signature and reference. */
export async function trainModel(settings: TrainSettings, observer: TrainObserver = {}): Promise<TrainResult> {
  const options = fitOptions(settings);
  await refuseForeign(settings.out);
  const { columns, labels, notes } = await withTable(settings.data, (table) =>
    readTrainingRows(table, settings.target, settings.exclude ?? []),
  );
  for (const note of notes) observer.note?.(note);
  await observer.params?.(describeParams(settings, { rows: labels.length, inputs: columns.length }));
  const { model, last, settled } = await fitModel(columns, labels, options, (epoch) =>
    observer.epoch?.(epoch, options.epochs),
  );
  const graph = writeGraph(model);
  await writeModelFolder(settings.out, {
    onnx: graph.bytes,
    signature: describeModel(columns, settings.target, model.classes, graph.outputs),
    reference: sampleReference(columns, labels.length, options.seed),
  });
  return { rows: labels.length, inputs: columns.length, classes: model.classes, last, settled };
}

function fitOptions({ l2, epochs, validation, seed }: TrainSettings) {
  return {
    ...FIT_DEFAULTS,
    ...(l2 !== undefined && { l2 }),
    ...(epochs !== undefined && { epochs }),
    ...(validation !== undefined && { validation }),
    ...(seed !== undefined && { seed }),
  };
}

function describeParams(settings: TrainSettings, size: { rows: number; inputs: number }): Record<string, string> {
  const { l2, epochs, validation, seed } = fitOptions(settings);
  const params = {
    algorithm: settings.algorithm ?? 'logistic_regression',
    target: settings.target,
    l2,
    epochs,
    validation,
    seed,
    ...size,
  };
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
}
