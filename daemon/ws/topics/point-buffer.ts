import { toMetricNumber } from '../../../schemas/wire/common.ts';
import type { MetricPoint } from '../../../schemas/wire/tracking.ts';
import type { LoggedMetric } from '../../tracking/index.ts';
import { sample } from '../../tracking/index.ts';

/** More of one series in one message than any chart can draw. */
const MAX_POINTS = 2000;

type Packed = [step: number, timestamp: number, value: number];
interface PublishedSeries {
  key: string;
  points: MetricPoint[];
}

/** Points that wait for the next message, by run and metric. */
export class PointBuffer {
  private readonly runs = new Map<string, Map<string, Packed[]>>();

  add(runId: string, points: readonly LoggedMetric[]): void {
    let series = this.runs.get(runId);
    if (!series) {
      series = new Map();
      this.runs.set(runId, series);
    }
    for (const { key, step, timestamp, value } of points) {
      const waiting = series.get(key);
      if (waiting) waiting.push([step, timestamp, value]);
      else series.set(key, [[step, timestamp, value]]);
    }
  }

  /** What waits of this run. */
  take(runId: string): PublishedSeries[] | undefined {
    const series = this.runs.get(runId);
    this.runs.delete(runId);
    return series && [...series].map(published);
  }
}

function published([key, points]: [string, Packed[]]): PublishedSeries {
  const shown = sample(points, MAX_POINTS);
  return { key, points: shown.map(([step, timestamp, value]) => [step, timestamp, toMetricNumber(value)]) };
}
