import type { ComparedRun } from '../../../schemas/panels/compare.ts';
import { pointsPerSeries } from '../../../schemas/panels/compare.ts';
import { addToAll, thin } from '../../../schemas/panels/series.ts';
import type { MetricSeries, RunDetail } from '../../../schemas/wire/tracking.ts';

/** What is known of each run: of each series not more points than a chart of so many runs can show. */
export class ComparedRuns {
  private readonly byId: Map<string, ComparedRun>;
  private readonly points: number;

  constructor(runIds: readonly string[]) {
    this.byId = new Map(runIds.map((run_id) => [run_id, { run_id, run: null, known: false, series: [] }]));
    this.points = pointsPerSeries(runIds.length);
  }

  get all(): ComparedRun[] {
    return [...this.byId.values()];
  }

  get ids(): string[] {
    return [...this.byId.keys()];
  }

  get(runId: string): ComparedRun | undefined {
    return this.byId.get(runId);
  }

  put(runId: string, run: RunDetail | null, series: MetricSeries[]): void {
    this.change(runId, () => ({ run_id: runId, run, known: true, series: series.map((one) => this.within(one)) }));
  }

  putDetail(run: RunDetail): void {
    this.change(run.run_id, (before) => ({ ...before, run, known: true }));
  }

  addPoints(runId: string, news: Pick<MetricSeries, 'key' | 'points'>[]): void {
    this.change(runId, (before) => ({
      ...before,
      series: addToAll(before.series, news).map((one) => this.within(one)),
    }));
  }

  private change(runId: string, to: (before: ComparedRun) => ComparedRun): void {
    const before = this.byId.get(runId);
    if (before) this.byId.set(runId, to(before));
  }

  private within(series: MetricSeries): MetricSeries {
    return series.points.length > 2 * this.points ? { ...series, points: thin(series.points, this.points) } : series;
  }
}
