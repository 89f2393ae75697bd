import type { LoggedMetric } from '../records.ts';
import type { Folding } from './chunks/folding.ts';
import { LONG_TAIL, MANY_LATE } from './chunks/folding.ts';
import type { LateRegions } from './chunks/late.ts';
import { isFolded } from './chunks/late.ts';
import type { ChunkRepository } from './chunks/repository.ts';
import type { OpenRun, OpenRuns, OpenSeries } from './open-runs.ts';
import type { Point } from './order.ts';
import { comparePoints } from './order.ts';
import type { MetricRepository } from './repository.ts';
import { AFTER_ALL, BEFORE_ALL } from './repository.ts';
import { newState, take } from './state.ts';
import { toStored } from './values.ts';

export interface PointsParts {
  metrics: MetricRepository;
  chunks: ChunkRepository;
  late: LateRegions;
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
  add(run: OpenRun, point: LoggedMetric): boolean {
    const series = this.seriesOf(run, point.key);
    if (!this.addTo(series, point)) return false;
    this.parts.metrics.save(series.series_no, series.state);
    return true;
  }

  /** Those that were not logged before; each series is written once. */
  addAll(run: OpenRun, points: readonly LoggedMetric[]): LoggedMetric[] {
    const touched = new Set<OpenSeries>();
    const added = points.filter((point) => {
      const series = this.seriesOf(run, point.key);
      touched.add(series);
      return this.addTo(series, point);
    });
    for (const { series_no, state } of touched) this.parts.metrics.save(series_no, state);
    return added;
  }

  private addTo(series: OpenSeries, logged: LoggedMetric): boolean {
    const { series_no, end, state } = series;
    const point: Point = [logged.step, logged.timestamp, logged.value];
    const isNew =
      end && comparePoints(point, end) <= 0 ? this.addLate(series_no, point) : this.addToTail(series, point);
    if (isNew) take(state, logged);
    return isNew;
  }

  private addToTail(series: OpenSeries, [step, timestamp, value]: Point): boolean {
    const { metrics, folding } = this.parts;
    if (!metrics.addPoint(series.series_no, step, timestamp, toStored(value))) return false;
    if (++series.tail === LONG_TAIL) folding.noteTail(series.series_no);
    return true;
  }

  private addLate(seriesNo: number, point: Point): boolean {
    const { metrics, late, folding } = this.parts;
    const region = late.at(seriesNo, point);
    if (region && isFolded(region, point)) return false;
    if (!metrics.addPoint(seriesNo, point[0], point[1], toStored(point[2]))) return false;
    if (region && ++region.rows >= MANY_LATE) folding.noteLate(seriesNo, region.last);
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
    const tail = metrics.countBetween(series_no, end ?? BEFORE_ALL, AFTER_ALL, LONG_TAIL);
    if (tail === LONG_TAIL) this.parts.folding.noteTail(series_no);
    return openRuns.remember(run, key, { series_no, state, end, tail });
  }

  private start(run: OpenRun, key: string): OpenSeries {
    const { metrics, openRuns } = this.parts;
    const series_no = metrics.startSeries(run, key);
    return openRuns.remember(run, key, { series_no, state: newState(), end: undefined, tail: 0 });
  }
}
