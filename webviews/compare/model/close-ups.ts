import type { CloseUp } from '../../../schemas/panels/compare.ts';
import type { MetricSeries } from '../../../schemas/wire/tracking.ts';
import type { CompareX, Range } from '../look.ts';
import { placeOf } from './curves.ts';
import type { Item } from './items.ts';

/** Which steps of which runs are worth a closer look: those in the range whose series are known as samples only. */
export function closeUpsFor(items: readonly Item[], keys: readonly string[], x: CompareX, range: Range): CloseUp[] {
  return items.flatMap((item) => {
    const sampled = keys.map((key) => item.series.get(key)).filter((series) => series && isSample(series));
    const steps = sampled.map((series) => series && stepsWithin(series, x, item.run.started_at, range));
    const found = steps.filter((pair) => pair !== undefined);
    if (found.length === 0) return [];
    const from = Math.min(...found.map(([first]) => first));
    const to = Math.max(...found.map(([, last]) => last));
    return [{ run_id: item.id, from, to }];
  });
}

function isSample({ total, points }: MetricSeries): boolean {
  return total > points.length;
}

/** From the last known point before the range to the first one after it. */
function stepsWithin({ points }: MetricSeries, x: CompareX, start: number, range: Range): Range | undefined {
  if (x === 'step') return [Math.floor(range[0]), Math.ceil(range[1])];
  const inside = points.map((point) => placeOf(point, x, start)).map((place) => place >= range[0] && place <= range[1]);
  const first = inside.indexOf(true);
  const last = inside.lastIndexOf(true);
  if (first < 0) return undefined;
  const step = (at: number) => points[Math.min(points.length - 1, Math.max(0, at))]?.[0] ?? 0;
  return [step(first - 1), step(last + 1)];
}
