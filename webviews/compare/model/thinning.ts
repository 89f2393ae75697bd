import type { LinePoint } from '../../shared/chart/lines.ts';
import type { Range } from '../look.ts';

/** At most about `count` points that draw the same line: of each stretch its first, lowest, highest and last. */
export function thinLine(points: LinePoint[], count: number): LinePoint[] {
  if (points.length <= count) return points;
  const stretches = Math.max(1, Math.floor(count / 4));
  const kept: LinePoint[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * points.length) / stretches);
    const to = Math.floor(((stretch + 1) * points.length) / stretches);
    keepOutline(points, from, to, kept);
  }
  return kept;
}

function keepOutline(points: LinePoint[], from: number, to: number, kept: LinePoint[]): void {
  const wanted = new Set([from, to - 1, gapIn(points, from, to)]);
  for (const sign of [1, -1]) wanted.add(extremeIn(points, from, to, sign));
  for (let at = from; at < to; at++) {
    const point = wanted.has(at) ? points[at] : undefined;
    if (point) kept.push(point);
  }
}

/** A gap in the line must not vanish. */
function gapIn(points: LinePoint[], from: number, to: number): number {
  for (let at = from; at < to; at++) if (Number.isNaN(points[at]?.y)) return at;
  return -1;
}

/** Where the lowest is, or with a negative sign the highest; -1 where nothing is a number. */
function extremeIn(points: LinePoint[], from: number, to: number, sign: number): number {
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let at = from; at < to; at++) {
    const value = sign * (points[at]?.y ?? Number.NaN);
    if (value >= least || Number.isNaN(value)) continue;
    least = value;
    found = at;
  }
  return found;
}

/** What is seen of a line in order of x, with a neighbour on each side so that it reaches the edges. */
export function within(points: LinePoint[], range: Range | null): LinePoint[] {
  if (!range) return points;
  let from = points.findIndex(({ x }) => x >= range[0]);
  if (from < 0) from = points.length;
  let to = points.findLastIndex(({ x }) => x <= range[1]);
  if (to < from) to = from - 1;
  return points.slice(Math.max(0, from - 1), to + 2);
}
