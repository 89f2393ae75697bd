import type { Point } from '../order.ts';
import { comparePoints } from '../order.ts';
import type { MetricRepository } from '../repository.ts';
import { BEFORE_ALL } from '../repository.ts';
import type { Columns } from './columns.ts';
import { emptyColumns, indexOf, pointAt } from './columns.ts';
import type { ChunkRepository } from './repository.ts';

/** A chunk, and the stretch of its series that ends with it: late points in there wait as rows to be merged with it. */
export interface Region {
  seriesNo: number;
  chunkNo: number;
  after: Point;
  last: Point;
  points: Columns;
  rows: number;
}

/** So many are remembered: a script that logs late points logs the next one close by. */
const REMEMBERED = 16;

export class LateRegions {
  private recent: Region[] = [];
  private readonly metrics: MetricRepository;
  private readonly chunks: ChunkRepository;

  constructor(metrics: MetricRepository, chunks: ChunkRepository) {
    this.metrics = metrics;
    this.chunks = chunks;
  }

  /** Where a point lies that is not after the end of what is folded. */
  at(seriesNo: number, point: Point): Region | undefined {
    return (
      this.recent.find((region) => region.seriesNo === seriesNo && covers(region, point)) ?? this.open(seriesNo, point)
    );
  }

  /** When it was merged, or when writes were taken back. */
  forget(chunkNo?: number): void {
    this.recent = chunkNo === undefined ? [] : this.recent.filter((region) => region.chunkNo !== chunkNo);
  }

  private open(seriesNo: number, point: Point): Region | undefined {
    const found = this.chunks.find(seriesNo, point);
    if (!found) return undefined;
    const { chunkNo, last } = found;
    const after = this.chunks.endBefore(seriesNo, last) ?? BEFORE_ALL;
    const rows = this.metrics.countBetween(seriesNo, after, last);
    const points = this.chunks.read(chunkNo) ?? emptyColumns(0);
    const region = { seriesNo, chunkNo, after, last, points, rows };
    this.recent = [region, ...this.recent.slice(0, REMEMBERED - 1)];
    return region;
  }
}

export function isFolded({ points }: Region, point: Point): boolean {
  const index = indexOf(points, point);
  return index < points.length && comparePoints(pointAt(points, index), point) === 0;
}

function covers({ after, last }: Region, point: Point): boolean {
  return comparePoints(after, point) < 0 && comparePoints(point, last) <= 0;
}
