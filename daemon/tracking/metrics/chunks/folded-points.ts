import type { Point } from '../order.ts';
import { comparePoints } from '../order.ts';
import type { Columns } from './columns.ts';
import { emptyColumns, indexOf, pointAt } from './columns.ts';
import type { ChunkRepository, FoundChunk } from './repository.ts';

/** So many stay unpacked: who sends points again sends the next one close by. */
const REMEMBERED = 16;

/** Tells late points that are folded already from those that are not. */
export class FoldedPoints {
  private readonly unpacked = new Map<number, Columns>();
  private readonly chunks: ChunkRepository;

  constructor(chunks: ChunkRepository) {
    this.chunks = chunks;
  }

  /** Whether this chunk has exactly this point. What is logged late is mostly later than all that was folded before. */
  has({ chunkNo, earliest, latest }: FoundChunk, point: Point): boolean {
    if (point[1] < earliest || point[1] > latest) return false;
    const points = this.unpacked.get(chunkNo) ?? this.unpack(chunkNo);
    const index = indexOf(points, point);
    return index < points.length && comparePoints(pointAt(points, index), point) === 0;
  }

  /** When writes are taken back, numbers of chunks are. */
  forget(): void {
    this.unpacked.clear();
  }

  private unpack(chunkNo: number): Columns {
    const points = this.chunks.read(chunkNo) ?? emptyColumns(0);
    const [oldest] = this.unpacked.keys();
    if (oldest !== undefined && this.unpacked.size >= REMEMBERED) this.unpacked.delete(oldest);
    this.unpacked.set(chunkNo, points);
    return points;
  }
}
