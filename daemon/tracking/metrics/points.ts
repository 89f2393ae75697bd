import type { LoggedMetric } from '../records.ts';
import { isLater } from './latest.ts';
import type { OpenRun, OpenSeries } from './open-runs.ts';
import type { MetricRepository } from './repository.ts';
import { fromStored, toStored } from './values.ts';

/** Adds points and keeps the newest one of each series beside them. Runs inside a write. */
export class Points {
  private readonly repository: MetricRepository;

  constructor(repository: MetricRepository) {
    this.repository = repository;
  }

  /** False when exactly this point was logged before. */
  add(run: OpenRun, point: LoggedMetric): boolean {
    const series = run.series.get(point.key) ?? this.find(run, point.key);
    const value = toStored(point.value);
    if (!series) {
      const series_no = this.repository.startSeries(run.run_no, point, value);
      run.series.set(point.key, { series_no, latest: point });
      return this.repository.addPoint(series_no, point, value);
    }
    if (!this.repository.addPoint(series.series_no, point, value)) return false;
    if (isLater(point, series.latest)) {
      series.latest = point;
      this.repository.countLatestPoint(series.series_no, point, value);
    } else this.repository.countPoint(series.series_no);
    return true;
  }

  private find(run: OpenRun, key: string): OpenSeries | undefined {
    const row = this.repository.series(run.run_no, key);
    if (!row) return undefined;
    const series = { series_no: row.series_no, latest: { ...row, value: fromStored(row.value) } };
    run.series.set(key, series);
    return series;
  }
}
