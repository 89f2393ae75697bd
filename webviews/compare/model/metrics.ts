import { goalOf } from '../../../schemas/metric-goal.ts';
import { naturally } from '../../../schemas/natural-order.ts';
import { toNumber } from '../../../schemas/panels/series.ts';
import type { MetricSeries } from '../../../schemas/wire/tracking.ts';
import type { Item } from './items.ts';

/** Metrics that some run logged more than once: the others are numbers, not curves. */
export function curveMetrics(items: readonly Item[]): string[] {
  const names = new Set(
    items.flatMap(({ series }) => [...series.values()].filter(({ points }) => points.length > 1).map(({ key }) => key)),
  );
  return [...names].sort(naturally);
}

export interface Best {
  item: Item;
  value: number;
  step: number;
}

/** Which of the runs reached the best value, and where. */
export function bestOf(items: readonly Item[], metric: string): Best | undefined {
  const lowest = goalOf(metric) === 'lowest';
  let best: Best | undefined;
  for (const item of items) {
    const series = item.series.get(metric);
    const extreme = series && extremeOf(series, lowest);
    if (!extreme) continue;
    if (!best || (lowest ? extreme.value < best.value : extreme.value > best.value)) best = { item, ...extreme };
  }
  return best;
}

const extremes = new WeakMap<MetricSeries, { value: number; step: number } | null>();

function extremeOf(series: MetricSeries, lowest: boolean): { value: number; step: number } | null {
  const before = extremes.get(series);
  if (before !== undefined) return before;
  let found: { value: number; step: number } | null = null;
  for (const [step, , number] of series.points) {
    const value = toNumber(number);
    if (!Number.isFinite(value)) continue;
    if (!found || (lowest ? value < found.value : value > found.value)) found = { value, step };
  }
  extremes.set(series, found);
  return found;
}

export function isBetter(metric: string, delta: number): boolean {
  return goalOf(metric) === 'highest' ? delta > 0 : delta < 0;
}

export function matches(name: string, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => name.toLowerCase().includes(word));
}
