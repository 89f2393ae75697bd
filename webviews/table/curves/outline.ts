import { toNumber } from '../../../schemas/panels/series.ts';
import type { MetricSeries } from '../../../schemas/wire/tracking.ts';

export const SPARK_WIDTH = 48;
export const SPARK_HEIGHT = 16;
/** so that a line at its edge is seen whole */
const EDGE = 1;

/** The shape of a series as an SVG path, from its first step to its last and from its least value to its greatest. */
export function outlineOf({ points }: Pick<MetricSeries, 'points'>): string {
  const values = points.map(([, , value]) => toNumber(value));
  const numbers = values.filter(Number.isFinite);
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
  const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0];
  const right = (step: number) => place(step, first, last, SPARK_WIDTH);
  const down = (value: number) => SPARK_HEIGHT - place(value, least, greatest, SPARK_HEIGHT);
  let isDrawing = false;
  return points
    .map(([step], at) => {
      const value = values[at] ?? Number.NaN;
      // what is no number is a gap
      const sign = isDrawing ? 'L' : 'M';
      isDrawing = Number.isFinite(value);
      return isDrawing ? `${sign}${short(right(step))} ${short(down(value))}` : '';
    })
    .join('');
}

/** What never changes lies in the middle. */
function place(value: number, least: number, greatest: number, size: number): number {
  if (greatest === least) return size / 2;
  // the halves of what may be as large as numbers are
  const share = (value / 2 - least / 2) / (greatest / 2 - least / 2);
  return EDGE + share * (size - 2 * EDGE);
}

function short(length: number): string {
  return String(Math.round(length * 10) / 10);
}
