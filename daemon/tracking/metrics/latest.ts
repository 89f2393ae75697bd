import type { LoggedMetric } from '../records.ts';

type Moment = Omit<LoggedMetric, 'key'>;

/** The latest point is the greatest by step, then time, then value; any number is greater than NaN. */
export function isLater(a: Moment, b: Moment): boolean {
  if (a.step !== b.step) return a.step > b.step;
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp;
  return Number.isNaN(b.value) ? !Number.isNaN(a.value) : a.value > b.value;
}
