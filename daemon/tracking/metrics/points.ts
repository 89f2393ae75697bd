import type { LoggedMetric } from '../records.ts';
import type { FoldedPoints } from './chunks/folded-points.ts';
import type { Folding } from './chunks/folding.ts';
import { LONG_TAIL, MANY_LATE } from './chunks/folding.ts';
import type { ChunkRepository } from './chunks/repository.ts';
import { FreshRows } from './fresh-rows.ts';
import type { OpenRun, OpenRuns, OpenSeries } from './open-runs.ts';
import type { Point } from './order.ts';
import { comparePoints } from './order.ts';
import type { MetricRepository } from './repository.ts';
import { AFTER_ALL, BEFORE_ALL } from './repository.ts';
import { newState, take } from './state.ts';

export interface PointsParts {
  metrics: MetricRepository;
  chunks: ChunkRepository;
  folded: FoldedPoints;
  folding: Folding;
  openRuns: OpenRuns;
}

/** Adds points, and keeps what lists ask of a series beside them. Runs inside a write. */
export class Points {
  private readonly parts: PointsParts;

  constructor(parts: PointsParts) {
    this.parts = parts;
  }

  /** False when exactly this point was logged before. */
  add(run: OpenRun, logged: LoggedMetric): boolean {
    const series = this.seriesOf(run, logged.key);
    if (!this.addRow(series, logged)) return false;
    this.parts.metrics.save(series.series_no, series.state);
    return true;
  }

  /** Those that were not logged before. Each series is written once. */
  addAll(run: OpenRun, points: readonly LoggedMetric[]): LoggedMetric[] {
    const touched = new Set<OpenSeries>();
    const fresh = new FreshRows(this.parts.metrics);
    const added = points.filter((logged) => {
      const series = this.seriesOf(run, logged.key);
      touched.add(series);
      if (fresh.take(series, logged)) return this.noteInTail(series, logged);
      fresh.write();
      return this.addRow(series, logged);
    });
    fresh.write();
    for (const { series_no, state } of touched) this.parts.metrics.save(series_no, state);
    return added;
  }

  private addRow(series: OpenSeries, logged: LoggedMetric): boolean {
    const { series_no, end } = series;
    const point: Point = [logged.step, logged.timestamp, logged.value];
    if (end && comparePoints(point, end) <= 0) return this.addLate(series, point, logged);
    return this.parts.metrics.addPoint(series_no, point) && this.noteInTail(series, logged);
  }

  private addLate({ series_no, state }: OpenSeries, point: Point, logged: LoggedMetric): boolean {
    const { metrics, chunks, folded, folding } = this.parts;
    const chunk = chunks.find(series_no, point);
    if (chunk && folded.has(chunk, point)) return false;
    if (!metrics.addPoint(series_no, point)) return false;
    if (chunk) chunks.addLate(series_no, chunk.last);
    if (chunk && chunk.late + 1 >= MANY_LATE) folding.noteLate(series_no, chunk.last);
    take(state, logged);
    return true;
  }

  private noteInTail(series: OpenSeries, logged: LoggedMetric): true {
    if (++series.tail === LONG_TAIL) this.parts.folding.noteTail(series.series_no);
    take(series.state, logged);
    return true;
  }

  private seriesOf(run: OpenRun, key: string): OpenSeries {
    return run.series.get(key) ?? this.find(run, key) ?? this.start(run, key);
  }

  private find(run: OpenRun, key: string): OpenSeries | undefined {
    const { metrics, chunks, openRuns } = this.parts;
    const row = metrics.series(run.run_no, key);
    if (!row) return undefined;
    const { series_no, key: _, ...state } = row;
    // what is shorter was never folded
    if (state.total < LONG_TAIL)
      return openRuns.remember(run, key, { series_no, state, end: undefined, tail: state.total });
    const end = chunks.end(series_no);
    const tail = metrics.countBetween(series_no, end ?? BEFORE_ALL, AFTER_ALL);
    if (tail >= LONG_TAIL) this.parts.folding.noteTail(series_no);
    return openRuns.remember(run, key, { series_no, state, end, tail });
  }

  private start(run: OpenRun, key: string): OpenSeries {
    const { metrics, openRuns } = this.parts;
    const series_no = metrics.startSeries(run, key);
    return openRuns.remember(run, key, { series_no, state: newState(), end: undefined, tail: 0 });
  }
}
