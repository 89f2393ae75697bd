import { toMetricNumber } from '../../schemas/wire/common.ts';
import type { MetricPoint, MetricSeries } from '../../schemas/wire/tracking.ts';
import type { Columns } from './metrics/chunks/columns.ts';
import { emptyColumns } from './metrics/chunks/columns.ts';
import type { Folding } from './metrics/chunks/folding.ts';
import { LONG_TAIL } from './metrics/chunks/folding.ts';
import type { ChunkRepository } from './metrics/chunks/repository.ts';
import { runNotFound } from './metrics/open-runs.ts';
import type { Point } from './metrics/order.ts';
import type { ChartRange } from './metrics/reading/chart.ts';
import { readChart } from './metrics/reading/chart.ts';
import type { HistoryPage } from './metrics/reading/history.ts';
import { readHistory } from './metrics/reading/history.ts';
import { Layout, Moved } from './metrics/reading/layout.ts';
import { Pace } from './metrics/reading/pace.ts';
import { readSpread } from './metrics/reading/spread.ts';
import type { MetricRepository } from './metrics/repository.ts';
import type { RunRepository } from './runs/repository.ts';

export interface SeriesParts {
  metrics: MetricRepository;
  chunks: ChunkRepository;
  folding: Folding;
  runs: RunRepository;
}

export interface StepRange {
  /** both inclusive; from the first to the last when missing */
  from?: number;
  to?: number;
}

export interface SeriesOptions extends StepRange {
  /** at most so many points a series, at least 4 */
  points: number;
  /** of all series together about as many, where there are very many of them */
  inAll?: number;
  /** all when missing */
  keys?: readonly string[];
}

export type SpreadOptions = Omit<SeriesOptions, 'keys' | 'inAll'>;

/** A run takes as long as so many of its points, however few it has. */
const LOOKING_UP = 500;

type Reading<T> = (layout: Layout, pace: Pace) => Promise<T>;

/** Reads what was logged. Long readings stand back now and then for whoever logs meanwhile. */
export class Series {
  private readonly parts: SeriesParts;

  constructor(parts: SeriesParts) {
    this.parts = parts;
  }

  /** For charts: every series of a run, in the order of steps, long ones as samples that keep minima and maxima. */
  ofRun(runId: string, options: SeriesOptions): Promise<MetricSeries[]> {
    return this.ofRunNo(this.runNo(runId), options, new Pace());
  }

  /** The same of several; those that are deleted, or were never there, are left out. */
  async ofRuns(runIds: readonly string[], options: SeriesOptions): Promise<Map<string, MetricSeries[]>> {
    const found = new Map<string, MetricSeries[]>();
    const pace = new Pace();
    for (const id of runIds) {
      const run = this.parts.runs.find(id);
      if (run?.deleted_at !== null) continue;
      found.set(id, await this.ofRunNo(run.run_no, options, pace));
      await pace.rest(LOOKING_UP);
    }
    return found;
  }

  private async ofRunNo(runNo: number, { points, inAll, keys, ...range }: SeriesOptions, pace: Pace) {
    const all = this.parts.metrics.seriesOf(runNo);
    const wanted = keys ? all.filter(({ key }) => keys.includes(key)) : all;
    const limit = inAll === undefined ? points : share(points, inAll, wanted.length);
    const read: MetricSeries[] = [];
    for (const { series_no, key, total } of wanted) {
      const kept = await this.read(series_no, pace, (layout, pace) => readChart(layout, asked(limit, range), pace));
      read.push({ key, total, points: kept.map(toWire) });
    }
    return read;
  }

  /** A page of all points, in the order of times. A run that is not there has none. */
  history(runId: string, key: string, page: HistoryPage): Promise<Columns> {
    return this.readOne(runId, key, (layout, pace) => readHistory(layout, page, pace), emptyColumns(0));
  }

  /** At most so many points in the order of steps, evenly spread whatever their values are. */
  spread(runId: string, key: string, { points, ...range }: SpreadOptions): Promise<readonly Point[]> {
    return this.readOne(runId, key, (layout, pace) => readSpread(layout, asked(points, range), pace), []);
  }

  private async readOne<T>(runId: string, key: string, reading: Reading<T>, nothing: T): Promise<T> {
    const run = this.parts.runs.find(runId);
    const series = run && this.parts.metrics.series(run.run_no, key);
    return series ? this.read(series.series_no, new Pace(), reading) : nothing;
  }

  /** A chunk may be merged whenever a reading stands back: then it begins again, and stands back no more. */
  private async read<T>(seriesNo: number, pace: Pace, reading: Reading<T>): Promise<T> {
    try {
      return await reading(this.layoutOf(seriesNo), pace);
    } catch (failure) {
      if (failure instanceof Moved) return reading(this.layoutOf(seriesNo), new Pace(Number.POSITIVE_INFINITY));
      throw failure;
    }
  }

  private layoutOf(seriesNo: number): Layout {
    const { metrics, chunks, folding } = this.parts;
    const rows = metrics.rows(seriesNo);
    // it should have been folded, but the daemon ended before
    if (rows.length >= LONG_TAIL) folding.noteTail(seriesNo);
    return new Layout(chunks.summaries(seriesNo), rows, chunks);
  }

  private runNo(runId: string): number {
    const run = this.parts.runs.find(runId);
    if (!run) throw runNotFound(runId);
    return run.run_no;
  }
}

/** Fewer than these draw no line. */
const LEAST_POINTS = 20;

function share(most: number, inAll: number, series: number): number {
  return Math.min(most, Math.max(LEAST_POINTS, Math.floor(inAll / Math.max(1, series))));
}

function asked(
  limit: number,
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: StepRange,
): ChartRange {
  return { limit, from, to };
}

function toWire([step, timestamp, value]: Point): MetricPoint {
  return [step, timestamp, toMetricNumber(value)];
}
