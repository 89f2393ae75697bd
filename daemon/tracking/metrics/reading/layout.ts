import type { Columns } from '../chunks/columns.ts';
import { columnsOf, emptyColumns, merge, partOf, pointAt } from '../chunks/columns.ts';
import { CHUNK_POINTS } from '../chunks/folding.ts';
import type { ChunkRepository } from '../chunks/repository.ts';
import type { Summaries } from '../chunks/summary.ts';
import { cornersOf } from '../chunks/summary.ts';
import type { Point } from '../order.ts';
import { comparePoints } from '../order.ts';

/** A chunk was merged with late points since its series was looked at: the reading begins again. */
export class Moved extends Error {}

/**
 * A whole series at one moment, as regions in order: each chunk with the late rows of its stretch, then the tail cut into
 * pieces of a chunk's length. What a region holds is read when it is opened.
 */
export class Layout {
  /** how many regions */
  readonly length: number;
  readonly nothing = emptyColumns(0);
  private readonly summaries: Summaries;
  private readonly rows: Columns;
  private readonly chunks: ChunkRepository;
  /** where the rows of each region end */
  private readonly rowEnds: readonly number[];

  constructor(summaries: Summaries, rows: Columns, chunks: ChunkRepository) {
    this.summaries = summaries;
    this.rows = rows;
    this.chunks = chunks;
    this.rowEnds = rowEndsOf(summaries, rows);
    this.length = this.rowEnds.length;
  }

  count(region: number): number {
    const rows = this.rowsOf(region).length;
    return this.isFolded(region) ? this.summaries.count(region) + rows : rows;
  }

  firstStep(region: number): number {
    return Math.min(
      this.rowsOf(region).steps[0] ?? Number.POSITIVE_INFINITY,
      this.isFolded(region) ? this.summaries.first(region)[0] : Number.POSITIVE_INFINITY,
    );
  }

  lastStep(region: number): number {
    // late rows come before the end of their chunk
    return this.isFolded(region) ? this.summaries.last(region)[0] : (this.rowsOf(region).steps.at(-1) ?? Number.NaN);
  }

  earliest(region: number): number {
    const own = this.isFolded(region) ? this.summaries.earliest(region) : Number.POSITIVE_INFINITY;
    return this.rowsOf(region).times.reduce((least, time) => Math.min(least, time), own);
  }

  latest(region: number): number {
    const own = this.isFolded(region) ? this.summaries.latest(region) : Number.NEGATIVE_INFINITY;
    return this.rowsOf(region).times.reduce((greatest, time) => Math.max(greatest, time), own);
  }

  /** First, least, greatest and last point, without opening it. */
  corners(region: number): Point[] {
    const rows = this.rowsOf(region);
    if (!this.isFolded(region)) return cornersOf(rows);
    const own = this.summaries.corners(region);
    return rows.length === 0 ? own : cornersOf(merge(columnsOf(own), rows));
  }

  /** All its points. Throws `Moved`. */
  open(region: number): Columns {
    const rows = this.rowsOf(region);
    if (!this.isFolded(region)) return rows;
    const folded = this.chunks.read(this.summaries.chunkNo(region));
    if (!folded) throw new Moved();
    return merge(folded, rows);
  }

  private isFolded(region: number): boolean {
    return region < this.summaries.length;
  }

  private rowsOf(region: number): Columns {
    const begin = this.rowEnds[region - 1] ?? 0;
    const end = this.rowEnds[region] ?? 0;
    return begin === end ? this.nothing : partOf(this.rows, begin, end);
  }
}

function rowEndsOf(summaries: Summaries, rows: Columns): number[] {
  const ends: number[] = [];
  let end = 0;
  for (let region = 0; region < summaries.length; region++) {
    const last = summaries.last(region);
    while (end < rows.length && comparePoints(pointAt(rows, end), last) < 0) end++;
    ends.push(end);
  }
  while (end < rows.length) {
    end = Math.min(rows.length, end + CHUNK_POINTS);
    ends.push(end);
  }
  return ends;
}
