/** The room's door: each function works by itself on files; the programs in steps/ add the logging. */
export type { EvaluateSettings } from './evaluate/evaluate.ts';
export { evaluateModel, flatMetrics } from './evaluate/evaluate.ts';
export type { Epoch } from './linear/fit.ts';
export type { SplitSettings } from './split/split.ts';
export { splitData } from './split/split.ts';
export type { TrainSettings } from './train/train.ts';
export { trainModel } from './train/train.ts';
