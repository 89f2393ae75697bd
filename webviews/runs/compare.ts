import { goalOf } from '../../schemas/metric-goal.ts';
import type { RunState } from '../../schemas/panels/runs.ts';
import { metricNames, seriesOf, summarise } from './metrics.ts';

export interface ComparedRow<Value> {
  name: string;
  /** one a run; undefined where the run has none */
  values: (Value | undefined)[];
  differs: boolean;
}

export function compareParams(runs: RunState[]): ComparedRow<string>[] {
  const byRun = runs.map(({ run }) => new Map(run?.params.map(({ key, value }) => [key, value])));
  const names = new Set(byRun.flatMap((params) => [...params.keys()]));
  return [...names].sort(new Intl.Collator('en', { numeric: true }).compare).map((name) => {
    const values = byRun.map((params) => params.get(name));
    return { name, values, differs: differ(values) };
  });
}

export interface ComparedMetric extends ComparedRow<number> {
  /** which run has the best final value; -1 where none is better */
  best: number;
}

export function compareMetrics(runs: RunState[]): ComparedMetric[] {
  return metricNames(runs).map((name) => {
    const values = runs.map((run) => {
      const series = seriesOf(run, name);
      return series ? summarise(series)?.last : undefined;
    });
    return { name, values, differs: differ(values), best: bestOf(values, name) };
  });
}

/** What the others are compared with stands first. */
export function deltas(values: (number | undefined)[]): (number | undefined)[] {
  const [first] = values;
  return values.map((value, at) => {
    if (at === 0 || first === undefined || value === undefined) return undefined;
    const delta = value - first;
    return Number.isFinite(delta) && delta !== 0 ? delta : undefined;
  });
}

export function isBetter(metric: string, delta: number): boolean {
  return goalOf(metric) === 'highest' ? delta > 0 : delta < 0;
}

function differ(values: unknown[]): boolean {
  return values.some((value) => !Object.is(value, values[0]));
}

function bestOf(values: (number | undefined)[], name: string): number {
  const finite = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  if (finite.length < 2) return -1;
  const best = goalOf(name) === 'lowest' ? Math.min(...finite) : Math.max(...finite);
  return finite.every((value) => value === best) ? -1 : values.indexOf(best);
}

/** Bars of nearly the same length show nothing. */
const ALIKE = 0.9;

/** How long a value's bar is beside the longest, from 0 to 1; no bars where all would look alike. */
export function relativeSizes(values: (number | undefined)[]): number[] {
  const sizes = values.map((value) => Math.abs(value ?? 0)).map((size) => (Number.isFinite(size) ? size : 0));
  const present = sizes.filter((_, at) => Number.isFinite(values[at]));
  const largest = Math.max(0, ...present);
  if (largest === 0 || Math.min(...present) > largest * ALIKE) return sizes.map(() => 0);
  return sizes.map((size) => size / largest);
}
