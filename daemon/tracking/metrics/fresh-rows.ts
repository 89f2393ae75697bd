import type { LoggedMetric } from '../records.ts';
import type { OpenSeries } from './open-runs.ts';
import type { MetricRepository } from './repository.ts';
import { ROWS_AT_ONCE } from './repository.ts';
import { toStored } from './values.ts';

/**
 * Rows of points that follow all others of their series, so that none can be there already: they are written many at once,
 * in a third of the time. Whoever adds another point writes these first.
 */
export class FreshRows {
  private waiting: unknown[] = [];
  private readonly metrics: MetricRepository;

  constructor(metrics: MetricRepository) {
    this.metrics = metrics;
  }

  /** False when it may be there already. */
  take({ series_no, state }: OpenSeries, { step, timestamp, value }: LoggedMetric): boolean {
    const follows = step > state.step || (step === state.step && timestamp > state.timestamp) || state.total === 0;
    if (!follows) return false;
    this.waiting.push(series_no, step, timestamp, toStored(value));
    if (this.waiting.length === 4 * ROWS_AT_ONCE) this.write();
    return true;
  }

  write(): void {
    if (this.waiting.length > 0) this.metrics.addRows(this.waiting);
    this.waiting = [];
  }
}
