import type { Dimension, Point, Space } from '../space/dimension.ts';
import { snapped } from '../space/dimension.ts';

/** Any value of each param, each as likely as the others; on a logarithmic scale any order of magnitude. */
export function drawAny(space: Space, random: () => number): Point {
  return new Map([...space].map(([name, dimension]) => [name, drawOne(dimension, random())]));
}

function drawOne(dimension: Dimension, drawn: number): number {
  if (dimension.type === 'categorical') return Math.floor(drawn * dimension.choices.length);
  const half = (dimension.step ?? 0) / 2;
  const [low, high] = [dimension.low - half, dimension.high + half];
  if (!dimension.log) return snapped(dimension, low + drawn * (high - low));
  const [from, to] = [Math.log(low), Math.log(high)];
  return snapped(dimension, Math.exp(from + drawn * (to - from)));
}
