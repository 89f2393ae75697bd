import { thin, toNumber } from '../../../schemas/panels/series.ts';
import type { MetricSeries } from '../../../schemas/wire/tracking.ts';
import type { LineStyle } from '../palette.ts';

export interface LinePoint {
  x: number;
  /** NaN where the line has a gap */
  y: number;
}

export interface Line {
  id: string;
  name: string;
  style: LineStyle;
  points: LinePoint[];
  /** what was logged, drawn faintly behind the smoothed line */
  raw?: LinePoint[];
}

export type XAxis = 'step' | 'time';

/** No chart is wide enough to show more. */
const DRAWN_POINTS = 1500;

/** `start` is what relative time counts from. */
export function linePoints(series: MetricSeries, x: XAxis, start: number): LinePoint[] {
  const points = thin(series.points, DRAWN_POINTS).map(([step, timestamp, value]) => {
    const y = toNumber(value);
    return { x: x === 'step' ? step : (timestamp - start) / 1000, y: Number.isFinite(y) ? y : Number.NaN };
  });
  return x === 'step' ? points : points.sort((a, b) => a.x - b.x);
}

/** Exponential moving average that starts at the first value; gaps stay gaps and leave no trace. */
export function smooth(points: LinePoint[], weight: number): LinePoint[] {
  let sum = 0;
  let share = 0;
  return points.map(({ x, y }) => {
    if (Number.isNaN(y)) return { x, y };
    sum = sum * weight + y * (1 - weight);
    share = share * weight + (1 - weight);
    return { x, y: sum / share };
  });
}

/** The point whose x is closest; of two equally close ones the first. */
export function nearest(points: LinePoint[], x: number): LinePoint | undefined {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.x ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const after = points[low];
  const before = points[low - 1];
  if (!after || !before) return after ?? before;
  return x - before.x <= after.x - x ? before : after;
}

/** An axis ends where the lines end; its ticks stand on round numbers in between. */
export function extent(lines: readonly Line[]): { min: number; max: number } | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { points } of lines) {
    min = Math.min(min, points[0]?.x ?? min);
    max = Math.max(max, points.at(-1)?.x ?? max);
  }
  return max > min ? { min, max } : undefined;
}

/** Where an arrow key goes from here: the next x that any of the lines has. */
export function neighbour(lines: Line[], x: number | null, direction: 1 | -1): number | null {
  let found: number | null = null;
  for (const point of lines.flatMap(({ points }) => points)) {
    const distance = (point.x - (x ?? 0)) * direction;
    if (x !== null && distance <= 0) continue;
    if (found === null || distance < (found - (x ?? 0)) * direction) found = point.x;
  }
  return found ?? x;
}

/** All lines side by side for the table: one row for each x. */
export function tableRows(lines: Line[]): { x: number; values: (number | undefined)[] }[] {
  const rows = new Map<number, (number | undefined)[]>();
  lines.forEach(({ points, raw }, column) => {
    for (const { x, y } of raw ?? points) {
      const row = rows.get(x) ?? lines.map(() => undefined);
      row[column] = y;
      rows.set(x, row);
    }
  });
  return [...rows].map(([x, values]) => ({ x, values })).sort((a, b) => a.x - b.x);
}
