import type { MetricNumber } from '../wire/common.ts';
import type { MetricPoint, MetricSeries } from '../wire/tracking.ts';

/** A chart is a few thousand pixels wide at most: more points than this are not worth keeping in a panel. */
export const KEPT_POINTS = 4000;

export function toNumber(value: MetricNumber): number {
  return typeof value === 'number' ? value : Number(value);
}

/** Puts new points into a series, in order of step and time; a point that is there already changes nothing. */
export function addPoints(series: MetricSeries, points: MetricPoint[]): MetricSeries {
  const merged = [...series.points];
  let added = 0;
  for (const point of points) added += insert(merged, point) ? 1 : 0;
  if (added === 0) return series;
  const kept = merged.length > 2 * KEPT_POINTS ? thin(merged, KEPT_POINTS) : merged;
  return { key: series.key, total: series.total + added, points: kept };
}

export function addToAll(all: MetricSeries[], news: Pick<MetricSeries, 'key' | 'points'>[]): MetricSeries[] {
  const byKey = new Map(all.map((series) => [series.key, series]));
  for (const { key, points } of news) {
    byKey.set(key, addPoints(byKey.get(key) ?? { key, total: 0, points: [] }, points));
  }
  return [...byKey.values()];
}

// points come in order but for a few: look from the end
function insert(points: MetricPoint[], point: MetricPoint): boolean {
  let end = points.length;
  while (end > 0 && order(points[end - 1] ?? point, point) > 0) end -= 1;
  for (let at = end - 1; at >= 0; at--) {
    const before = points[at] ?? point;
    if (order(before, point) < 0) break;
    if (before[2] === point[2]) return false;
  }
  points.splice(end, 0, point);
  return true;
}

function order(a: MetricPoint, b: MetricPoint): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** At most about `count` points that draw the same line: of each stretch its first, lowest, highest and last. */
export function thin(points: MetricPoint[], count: number): MetricPoint[] {
  if (points.length <= count) return points;
  const stretches = Math.max(1, Math.floor(count / 4));
  const kept: MetricPoint[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * points.length) / stretches);
    const to = Math.floor(((stretch + 1) * points.length) / stretches);
    kept.push(...outline(points.slice(from, to)));
  }
  return kept;
}

function outline(points: MetricPoint[]): MetricPoint[] {
  const wanted = new Set([0, points.length - 1]);
  let low = -1;
  let high = -1;
  points.forEach((point, at) => {
    const value = toNumber(point[2]);
    if (!Number.isFinite(value)) return;
    if (low < 0 || value < valueAt(points, low)) low = at;
    if (high < 0 || value > valueAt(points, high)) high = at;
  });
  // a value that is no number is a gap in the line, and a gap must not vanish
  const gap = points.findIndex((point) => !Number.isFinite(toNumber(point[2])));
  for (const at of [low, high, gap]) wanted.add(at);
  return points.filter((_, at) => wanted.has(at));
}

function valueAt(points: MetricPoint[], at: number): number {
  return toNumber(points[at]?.[2] ?? 'NaN');
}
