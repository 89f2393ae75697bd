import { toMetricNumber } from '../../schemas/wire/common.ts';
import type { MetricPoint, MetricSeries } from '../../schemas/wire/tracking.ts';
import type { Store } from '../store/index.ts';
import { runNotFound } from './metrics/open-runs.ts';
import type { MetricRepository, PointRow, SeriesRow, StoredPoint } from './metrics/repository.ts';
import { ALL_POINTS, HISTORY_PAGE } from './metrics/repository.ts';
import { sample } from './metrics/sampling.ts';
import { fromStored } from './metrics/values.ts';
import type { LoggedMetric } from './records.ts';
import type { RunRepository } from './runs/repository.ts';

/** Longer series are read on a thread of their own. */
const SHORT_POINTS = 10_000;

export interface SeriesOptions {
  /** at most so many points a series, at least 4 */
  points: number;
  /** all when missing */
  keys?: readonly string[];
}

/** Reads what was logged. */
export class Series {
  private readonly store: Store;
  private readonly metrics: MetricRepository;
  private readonly runs: RunRepository;

  constructor(store: Store, metrics: MetricRepository, runs: RunRepository) {
    this.store = store;
    this.metrics = metrics;
    this.runs = runs;
  }

  /** For charts: every series of a run, in the order of steps, long ones as samples that keep minima and maxima. */
  async ofRun(runId: string, { points, keys }: SeriesOptions): Promise<MetricSeries[]> {
    const all = this.metrics.seriesOf(this.runNo(runId));
    const wanted = keys ? all.filter(({ key }) => keys.includes(key)) : all;
    return Promise.all(wanted.map((series) => this.sampled(series, points)));
  }

  /** A page of all points, in the order of times. */
  async history(
    runId: string,
    key: string,
    { limit, offset }: { limit: number; offset: number },
  ): Promise<LoggedMetric[]> {
    const series = this.metrics.series(this.runNo(runId), key);
    if (!series) return [];
    const rows = await this.page(series, limit, offset);
    return rows.map(([step, timestamp, value]) => ({ key, step, timestamp, value: fromStored(value) }));
  }

  private runNo(runId: string): number {
    const run = this.runs.find(runId);
    if (!run) throw runNotFound(runId);
    return run.run_no;
  }

  private async sampled({ series_no, key, total }: SeriesRow, limit: number): Promise<MetricSeries> {
    const rows = await this.allPoints(series_no, total);
    const points = rows.map(([step, at, value]): [number, number, number] => [step, at, fromStored(value)]);
    return {
      key,
      total,
      points: sample(points, limit).map(([step, at, value]): MetricPoint => [step, at, toMetricNumber(value)]),
    };
  }

  private async allPoints(seriesNo: number, total: number): Promise<PointRow[]> {
    if (total <= SHORT_POINTS) return this.metrics.points(seriesNo);
    return (await this.store.readLong<StoredPoint>(ALL_POINTS, seriesNo)).map(asRow);
  }

  private async page({ series_no, total }: SeriesRow, limit: number, offset: number): Promise<PointRow[]> {
    if (total <= SHORT_POINTS) return this.metrics.history(series_no, limit, offset);
    return (await this.store.readLong<StoredPoint>(HISTORY_PAGE, series_no, limit, offset)).map(asRow);
  }
}

function asRow({ step, timestamp, value }: StoredPoint): PointRow {
  return [step, timestamp, value];
}
