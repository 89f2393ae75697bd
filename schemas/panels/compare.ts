import type { RunInputs } from '../wire/run-inputs.ts';
import type { RunSource } from '../wire/run-source.ts';
import type { MetricSeries, RunDetail } from '../wire/tracking.ts';
import type { AnyFromPanel, AnyToPanel } from './common.ts';

/** Any number of runs beside each other. */
export interface CompareSubject {
  run_ids: string[];
}

export interface ComparedRun {
  run_id: string;
  /** null until it was heard of, and for good when it does not exist */
  run: RunDetail | null;
  known: boolean;
  series: MetricSeries[];
}

/** What a run came from. */
export interface RunOrigin {
  run_id: string;
  source: RunSource;
  inputs: RunInputs;
}

/** Steps of one run that are looked at closely, both inclusive. */
export interface CloseUp {
  run_id: string;
  from: number;
  to: number;
}

/** What of two runs is laid side by side in the diff editor. */
export type Aspect = 'code' | 'data' | 'params' | 'environment' | 'metrics';

export const ASPECTS: readonly Aspect[] = ['code', 'data', 'params', 'environment', 'metrics'];

export type ToComparePanel =
  | AnyToPanel
  /** those runs as they are now; `total`: how many are compared altogether */
  | { type: 'compare/runs'; runs: ComparedRun[]; total: number }
  | { type: 'compare/points'; points: { run_id: string; series: Pick<MetricSeries, 'key' | 'points'>[] }[] }
  /** `ask` finds its question */
  | { type: 'compare/close-ups'; ask: number; parts: (CloseUp & { series: MetricSeries[] })[] }
  | { type: 'compare/origin'; origin: RunOrigin };

export type FromComparePanel =
  | AnyFromPanel
  | { type: 'compare/open'; run_id: string }
  | { type: 'compare/look-closely'; ask: number; parts: CloseUp[]; keys: string[]; points: number }
  /** where these runs come from; asked for when somebody looks at it */
  | { type: 'compare/trace'; run_ids: string[] }
  | { type: 'compare/diff'; aspect: Aspect; base: string; other: string }
  | { type: 'compare/save'; name: string; text: string }
  /** `base64`: the bytes of a picture */
  | { type: 'compare/save-picture'; name: string; base64: string };

/** So many points of all lines of one chart together: no chart shows more, however many runs it has. */
const POINTS_OF_A_CHART = 40_000;
const MOST_POINTS = 2000;
const FEWEST_POINTS = 60;

/** How many points of one series are worth keeping when so many runs are compared. */
export function pointsPerSeries(runs: number): number {
  const share = Math.floor(POINTS_OF_A_CHART / Math.max(1, runs));
  return Math.min(MOST_POINTS, Math.max(FEWEST_POINTS, share));
}
