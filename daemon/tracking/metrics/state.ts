import type { LoggedMetric } from '../records.ts';
import { isLater } from './latest.ts';
import type { SeriesState } from './repository.ts';
import { fromStored, toStored } from './values.ts';

export function newState(): SeriesState {
  return {
    total: 0,
    step: 0,
    timestamp: 0,
    value: 'NaN',
    least: null,
    least_step: null,
    greatest: null,
    greatest_step: null,
  };
}

/** One more point. */
export function take(state: SeriesState, point: LoggedMetric): void {
  if (state.total === 0 || isLater(point, { ...state, value: fromStored(state.value) })) {
    state.step = point.step;
    state.timestamp = point.timestamp;
    state.value = toStored(point.value);
  }
  state.total++;
  stretch(state, point);
}

/** Of equal extremes the one at the smallest step counts: where it was first reached. */
function stretch(state: SeriesState, { value, step }: LoggedMetric): void {
  if (Number.isNaN(value)) return;
  const { least, least_step } = state;
  if (least === null || value < least || (value === least && step < Number(least_step))) {
    state.least = value + 0;
    state.least_step = step;
  }
  const { greatest, greatest_step } = state;
  if (greatest === null || value > greatest || (value === greatest && step < Number(greatest_step))) {
    state.greatest = value + 0;
    state.greatest_step = step;
  }
}
