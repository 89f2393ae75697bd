import { toNumber } from '../../../schemas/panels/series.ts';
import type { MetricPoint, MetricSeries } from '../../../schemas/wire/tracking.ts';
import type { Line, LinePoint } from '../../shared/chart/lines.ts';
import { smooth } from '../../shared/chart/lines.ts';
import type { CompareX, Range } from '../look.ts';
import type { DetailedPart } from '../state.ts';
import type { Item } from './items.ts';
import { thinLine, within } from './thinning.ts';

export interface CurveOptions {
  x: CompareX;
  logX: boolean;
  smoothing: number;
  range: Range | null;
  /** points to draw of each line */
  budget: number;
}

const drawn = new WeakMap<MetricSeries, { asked: string; detail: MetricSeries | undefined; line: Line }>();

/** A line of a chart; the same one as long as nothing changes, so that what did not change is not drawn anew. */
export function curveOf(item: Item, metric: string, options: CurveOptions, part?: DetailedPart): Line | undefined {
  const series = item.series.get(metric);
  if (!series) return undefined;
  const detail = part?.series.find(({ key }) => key === metric);
  const { x, logX, smoothing, range, budget } = options;
  const asked = [
    x,
    logX,
    smoothing,
    range,
    budget,
    item.name,
    item.style.colour,
    item.style.dash,
    item.run.started_at,
  ].join();
  const before = drawn.get(series);
  if (before?.asked === asked && before.detail === detail) return before.line;
  const line = draw(item, part && detail ? refine(series, part, detail) : series.points, options);
  drawn.set(series, { asked, detail, line });
  return line;
}

function draw({ id, name, style, run }: Item, points: MetricPoint[], options: CurveOptions): Line {
  const { x, logX, smoothing, range, budget } = options;
  const all = points.map((point) => ({ x: placeOf(point, x, run.started_at), y: finite(toNumber(point[2])) }));
  const placed = logX ? all.filter((point) => point.x > 0) : all;
  if (x !== 'step') placed.sort((a, b) => a.x - b.x);
  const seen = (line: LinePoint[]) => thinLine(within(line, range), smoothing > 0 ? budget / 2 : budget);
  if (smoothing === 0) return { id, name, style, points: seen(placed) };
  return { id, name, style, points: seen(smooth(placed, smoothing)), raw: seen(placed) };
}

/** Puts the finer sample in place of the coarse one, and lets newer points stay behind it. */
export function refine(series: MetricSeries, part: { from: number; to: number }, detail: MetricSeries): MetricPoint[] {
  const last = detail.points.at(-1)?.[0] ?? Number.POSITIVE_INFINITY;
  const before = series.points.filter(([step]) => step < part.from);
  const newer = series.points.filter(([step]) => step >= part.from && step <= part.to && step > last);
  const after = series.points.filter(([step]) => step > part.to);
  return [...before, ...detail.points, ...newer, ...after];
}

/** Steps, milliseconds since 1970, or seconds since the run began. */
export function placeOf([step, timestamp]: MetricPoint, x: CompareX, start: number): number {
  if (x === 'step') return step;
  return x === 'time' ? timestamp : (timestamp - start) / 1000;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** So many points a chart can draw often enough to be moved about. */
const DRAWN_POINTS = 40_000;
const MOST = 1500;
const FEWEST = 48;

export function drawBudget(lines: number): number {
  return Math.min(MOST, Math.max(FEWEST, Math.floor(DRAWN_POINTS / Math.max(1, lines))));
}
