export type { EvaluateSettings } from './evaluate/evaluate.ts';
export { evaluateModel, flatMetrics } from './evaluate/evaluate.ts';
export type { ClassMetrics, Evaluation } from './evaluate/metrics.ts';
export type { Epoch } from './linear/fit.ts';
export type { SplitResult, SplitSettings } from './split/split.ts';
export { splitData } from './split/split.ts';
export type { TrainObserver, TrainResult, TrainSettings } from './train/train.ts';
export { trainModel } from './train/train.ts';
