import type { MetricNumber, WorkState } from '../wire/common.ts';
import type { MonitorSummary } from '../wire/monitoring.ts';
import type { ModelAlias, Stage } from '../wire/registry.ts';
import type { Range } from './positions.ts';

/** What the daemon knows of a pipeline, its runs and its monitors: the editor tells the language server, which never waits for it. */
export interface LiveValues {
  /** address of the folder whose crisol.yaml is run; null while there is none */
  folder: string | null;
  /** whether steps can be run from here: not in a folder that is not trusted */
  canRun: boolean;
  /** each as it went the last time */
  steps: LiveStep[];
  /** each as it went the last time */
  sweeps: LiveSweep[];
  /** newest first, a few */
  runs: LiveRun[];
  /** of each metric the run that is best in it; those that matter most come first */
  best: { metric: string; run: LiveRun }[];
  models: LiveModel[];
  /** the daemon is there and has said which models there are: what is not among them is not in the registry */
  knowsModels: boolean;
  monitors: MonitorSummary[];
  /** what a person wants to see */
  show: { lenses: boolean; hints: boolean };
}

export interface LiveModel {
  name: string;
  /** the newest of each stage */
  versions: { version: number; stage: Stage }[];
  /** null where the daemon tells none */
  aliases: ModelAlias[] | null;
}

export interface LiveStep {
  name: string;
  state: WorkState;
  seconds: number | null;
  /** why it ran, was skipped or failed, in words */
  reason: string;
  /** in how many of the known runs it took part: two can be compared */
  ran: number;
  /** what was logged while it ran */
  metrics: LiveMetric[];
  /** how many of its variants have ended, where it has any */
  variants?: { done: number; total: number };
}

export interface LiveSweep {
  name: string;
  state: WorkState;
  /** why it ended, in words */
  reason: string;
  done: number;
  /** null: until nothing is left to try */
  total: number | null;
  best: LiveMetric | null;
}

export interface LiveMetric {
  key: string;
  value: MetricNumber;
}

export interface LiveRun {
  id: string;
  name: string;
  started_at: number;
  metrics: LiveMetric[];
  params: { key: string; value: string }[];
}

/** One reason why a step would run, or what it waits for, with the place that says so. */
export interface WhyReason {
  text: string;
  /** of the file that the place is in */
  uri: string | null;
  range: Range;
}
