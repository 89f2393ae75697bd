import type { LoggedMetric } from '../records.ts';
import { isLater } from './latest.ts';
import type { OpenRun, OpenSeries } from './open-runs.ts';
import type { MetricRepository, SeriesState } from './repository.ts';
import { fromStored, toStored } from './values.ts';

/** Adds points, and keeps what lists ask of a series beside them. Runs inside a write. */
export class Points {
  private readonly repository: MetricRepository;

  constructor(repository: MetricRepository) {
    this.repository = repository;
  }

  /** False when exactly this point was logged before. */
  add(run: OpenRun, point: LoggedMetric): boolean {
    const series = run.series.get(point.key) ?? this.find(run, point.key) ?? this.start(run, point.key);
    const value = toStored(point.value);
    if (!this.repository.addPoint(series.series_no, point, value)) return false;
    const { state } = series;
    if (state.total === 0 || isLater(point, { ...state, value: fromStored(state.value) })) {
      Object.assign(state, { step: point.step, timestamp: point.timestamp, value });
    }
    state.total++;
    stretch(state, point);
    this.repository.save(series.series_no, state);
    return true;
  }

  private find(run: OpenRun, key: string): OpenSeries | undefined {
    const row = this.repository.series(run.run_no, key);
    if (!row) return undefined;
    const { series_no, key: _, ...state } = row;
    return remember(run, key, { series_no, state });
  }

  private start(run: OpenRun, key: string): OpenSeries {
    const series_no = this.repository.startSeries(run, key);
    return remember(run, key, { series_no, state: { ...EMPTY } });
  }
}

const EMPTY: SeriesState = {
  total: 0,
  step: 0,
  timestamp: 0,
  value: 'NaN',
  least: null,
  least_step: null,
  greatest: null,
  greatest_step: null,
};

function remember(run: OpenRun, key: string, series: OpenSeries): OpenSeries {
  run.series.set(key, series);
  return series;
}

/** Of equal extremes the one at the smallest step counts: where it was first reached. */
function stretch(state: SeriesState, { value, step }: LoggedMetric): void {
  if (Number.isNaN(value)) return;
  const { least, least_step } = state;
  if (least === null || value < least || (value === least && step < Number(least_step))) {
    Object.assign(state, { least: value, least_step: step });
  }
  const { greatest, greatest_step } = state;
  if (greatest === null || value > greatest || (value === greatest && step < Number(greatest_step))) {
    Object.assign(state, { greatest: value, greatest_step: step });
  }
}
