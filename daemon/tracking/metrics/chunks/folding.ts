import type { Writer } from '../../writer.ts';
import type { OpenRuns } from '../open-runs.ts';
import type { Point } from '../order.ts';
import type { MetricRepository } from '../repository.ts';
import { AFTER_ALL, BEFORE_ALL } from '../repository.ts';
import type { Columns } from './columns.ts';
import { merge, partOf, pointAt } from './columns.ts';
import type { ChunkRepository } from './repository.ts';

export const CHUNK_POINTS = 1024;
/** Half of them stay rows, so that points which come a little out of order are not late. */
export const LONG_TAIL = 2 * CHUNK_POINTS;
/** A chunk is written anew for so many late points: each then costs a few points written, and few wait as rows. */
export const MANY_LATE = CHUNK_POINTS / 8;

export interface FoldingParts {
  writer: Writer;
  metrics: MetricRepository;
  chunks: ChunkRepository;
  openRuns: OpenRuns;
}

/**
 * Turns rows into chunks, one chunk at a time, each in a group commit of its own turn: about a millisecond, whatever is due.
 * What is due is known to this process only; who reads or logs to a series that waits notes it again.
 */
export class Folding {
  private readonly due = new Map<string, () => void>();
  private work = Promise.resolve();
  private isFolding = false;
  private readonly parts: FoldingParts;

  constructor(parts: FoldingParts) {
    this.parts = parts;
  }

  /** Its tail may be long. */
  noteTail(seriesNo: number): void {
    this.note(String(seriesNo), () => this.foldTail(seriesNo));
  }

  /** Many late points may lie within the chunk that ends here. */
  noteLate(seriesNo: number, last: Point): void {
    this.note(`${seriesNo} ${last.join()}`, () => this.mergeLate(seriesNo, last));
  }

  /** Nothing is due any more. */
  settled(): Promise<void> {
    return this.work;
  }

  private note(name: string, fold: () => void): void {
    this.due.set(name, fold);
    if (!this.isFolding) this.work = this.foldAll();
  }

  private async foldAll(): Promise<void> {
    this.isFolding = true;
    for (const [name, fold] of this.due) {
      this.due.delete(name);
      // what cannot be folded now stays rows, and is read and noted as such
      await this.parts.writer.write(fold).catch(() => undefined);
    }
    this.isFolding = false;
  }

  private foldTail(seriesNo: number): void {
    const { metrics, chunks, openRuns } = this.parts;
    const end = chunks.end(seriesNo) ?? BEFORE_ALL;
    const open = openRuns.seriesNumbered(seriesNo);
    const tail = open?.tail ?? metrics.countBetween(seriesNo, end, AFTER_ALL);
    if (tail < LONG_TAIL) return;
    const points = metrics.rowsBetween(seriesNo, end, AFTER_ALL, CHUNK_POINTS);
    const last = lastOf(points);
    chunks.add(seriesNo, last, points);
    metrics.deleteBetween(seriesNo, end, last);
    if (open) Object.assign(open, { end: last, tail: tail - CHUNK_POINTS });
    if (tail - CHUNK_POINTS >= LONG_TAIL) this.noteTail(seriesNo);
  }

  private mergeLate(seriesNo: number, last: Point): void {
    const { metrics, chunks } = this.parts;
    const found = chunks.find(seriesNo, last);
    if (!found || found.late < MANY_LATE) return;
    const after = chunks.endBefore(seriesNo, found.last) ?? BEFORE_ALL;
    const rows = metrics.rowsBetween(seriesNo, after, found.last, Number.MAX_SAFE_INTEGER);
    const folded = chunks.read(found.chunkNo);
    if (!folded) return;
    chunks.remove(seriesNo, found.chunkNo, found.last);
    metrics.deleteBetween(seriesNo, after, found.last);
    for (const part of inParts(merge(folded, rows))) chunks.add(seriesNo, lastOf(part), part);
  }
}

/** Of about a chunk's length. */
function inParts(points: Columns): Columns[] {
  const parts = Math.max(1, Math.round(points.length / CHUNK_POINTS));
  const begin = (part: number) => Math.floor((part * points.length) / parts);
  return Array.from({ length: parts }, (_, part) => partOf(points, begin(part), begin(part + 1)));
}

function lastOf(points: Columns): Point {
  return pointAt(points, points.length - 1);
}
