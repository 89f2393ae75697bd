import type { Goal } from '../../schemas/metric-goal.ts';
import { goalOf } from '../../schemas/metric-goal.ts';
import { naturally } from '../../schemas/natural-order.ts';
import type { RunState } from '../../schemas/panels/runs.ts';
import { toNumber } from '../../schemas/panels/series.ts';
import type { MetricSeries } from '../../schemas/wire/tracking.ts';

export interface MetricSummary {
  last: number;
  best: number | null;
  bestStep: number;
  goal: Goal;
  lowest: number | null;
  highest: number | null;
  total: number;
  /** how many of the points kept are NaN or infinite */
  notNumbers: number;
}

export function summarise(series: MetricSeries): MetricSummary | null {
  const final = series.points.at(-1);
  if (!final) return null;
  const goal = goalOf(series.key);
  const finite = series.points.filter((point) => Number.isFinite(toNumber(point[2])));
  const sorted = [...finite].sort((a, b) => toNumber(a[2]) - toNumber(b[2]));
  const lowest = sorted[0];
  const highest = sorted.at(-1);
  // the first of equals: where the best was reached, not where it was held
  const extreme = goal === 'lowest' ? lowest : highest;
  const best = finite.find((point) => extreme && toNumber(point[2]) === toNumber(extreme[2]));
  return {
    last: toNumber(final[2]),
    best: best ? toNumber(best[2]) : null,
    bestStep: best?.[0] ?? 0,
    goal,
    lowest: lowest ? toNumber(lowest[2]) : null,
    highest: highest ? toNumber(highest[2]) : null,
    total: series.total,
    notNumbers: series.points.length - finite.length,
  };
}

/** By name; `val/loss` follows `val/accuracy`, `layer10` follows `layer9`. */
export function metricNames(run: RunState): string[] {
  return run.series.map(({ key }) => key).sort(naturally);
}

export function seriesOf(run: RunState, metric: string): MetricSeries | undefined {
  return run.series.find(({ key }) => key === metric);
}

/** A metric logged once is a number, not a curve. */
export function isCurve(run: RunState, metric: string): boolean {
  return (seriesOf(run, metric)?.points.length ?? 0) > 1;
}

export function matches(name: string, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => name.toLowerCase().includes(word));
}
