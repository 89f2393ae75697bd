import type { Columns } from '../chunks/columns.ts';
import { columnsOf, emptyColumns, merge, partOf, pointAt } from '../chunks/columns.ts';
import { CHUNK_POINTS } from '../chunks/folding.ts';
import type { ChunkRepository } from '../chunks/repository.ts';
import type { Corners, Summaries } from '../chunks/summary.ts';
import { cornersOf, distinct, FIRST, GREATEST, LAST, LEAST } from '../chunks/summary.ts';
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
  /** of the regions that have rows: from these and the summary together */
  private readonly mixed = new Map<number, Corners>();

  constructor(summaries: Summaries, rows: Columns, chunks: ChunkRepository) {
    this.summaries = summaries;
    this.rows = rows;
    this.chunks = chunks;
    this.rowEnds = rowEndsOf(summaries, rows);
    this.length = this.rowEnds.length;
    for (let region = 0; region < this.length; region++) {
      const own = this.rowsOf(region);
      if (own.length > 0) this.mixed.set(region, cornersOf(merge(this.folded(region), own)));
    }
  }

  count(region: number): number {
    const rows = this.rowsOf(region).length;
    return this.isFolded(region) ? this.summaries.count(region) + rows : rows;
  }

  earliest(region: number): number {
    const own = this.isFolded(region) ? this.summaries.earliest(region) : Number.POSITIVE_INFINITY;
    return this.rowsOf(region).times.reduce((least, time) => Math.min(least, time), own);
  }

  latest(region: number): number {
    const own = this.isFolded(region) ? this.summaries.latest(region) : Number.NEGATIVE_INFINITY;
    return this.rowsOf(region).times.reduce((greatest, time) => Math.max(greatest, time), own);
  }

  firstStep(region: number): number {
    return this.mixed.get(region)?.[FIRST][0] ?? this.summaries.step(region, FIRST);
  }

  lastStep(region: number): number {
    return this.mixed.get(region)?.[LAST][0] ?? this.summaries.step(region, LAST);
  }

  corner(region: number, which: number): Point {
    return this.mixed.get(region)?.[which] ?? this.summaries.corner(region, which);
  }

  /** The value of a corner. */
  value(region: number, which: number): number {
    return this.mixed.get(region)?.[which]?.[2] ?? this.summaries.value(region, which);
  }

  /** All its points. Throws `Moved`. */
  open(region: number): Columns {
    const rows = this.rowsOf(region);
    if (!this.isFolded(region)) return rows;
    const folded = this.chunks.read(this.summaries.chunkNo(region));
    if (!folded) throw new Moved();
    return merge(folded, rows);
  }

  /** What the summary tells of the chunk. */
  private folded(region: number): Columns {
    if (!this.isFolded(region)) return this.nothing;
    return columnsOf(distinct([FIRST, LEAST, GREATEST, LAST].map((which) => this.summaries.corner(region, which))));
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
    while (end < rows.length && isWithin(rows, end, summaries, region)) end++;
    ends.push(end);
  }
  while (end < rows.length) {
    end = Math.min(rows.length, end + CHUNK_POINTS);
    ends.push(end);
  }
  return ends;
}

/** Before the end of the region; whether before its beginning, who goes through them in order knows. */
function isWithin(rows: Columns, index: number, summaries: Summaries, region: number): boolean {
  const distance = (rows.steps[index] ?? Number.NaN) - summaries.step(region, LAST);
  return distance === 0 ? comparePoints(pointAt(rows, index), summaries.corner(region, LAST)) < 0 : distance < 0;
}
