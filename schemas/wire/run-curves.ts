import type { Static } from 'typebox';
import { Type } from 'typebox';
import type { MetricSeries, RunDetail } from './tracking.ts';

export const MOST_CURVES_OF_RUNS = 1000;

/** `POST /runs/curves`: what charts draw of many runs, in one answer. It changes nothing; a URL would be too short for it. */
export const CurvesQuery = Type.Object({
  run_ids: Type.Array(Type.String(), { minItems: 1, maxItems: MOST_CURVES_OF_RUNS }),
  /** at most so many of each series: a sample that keeps minima and maxima */
  points: Type.Integer({ minimum: 4, maximum: 100_000 }),
  /** all series without them */
  keys: Type.Optional(Type.Array(Type.String(), { maxItems: 1000 })),
  /** what the run is, too */
  details: Type.Optional(Type.Boolean()),
});
export type CurvesQuery = Static<typeof CurvesQuery>;

/** In the order in which they were asked for. */
export interface CurvesAnswer {
  runs: RunCurves[];
}

export interface RunCurves {
  run_id: string;
  /** if `details` are asked for; null when it is deleted, or was never there */
  run?: RunDetail | null;
  series: MetricSeries[];
}
