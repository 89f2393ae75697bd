import type { Db } from '../../../store/index.ts';
import type { Point } from '../order.ts';
import type { StoredValue } from '../values.ts';
import { fromStored, toStored } from '../values.ts';
import type { Columns } from './columns.ts';
import { pack, unpack } from './packing.ts';
import { Summaries, summarize } from './summary.ts';

type KeyRow = [step: number, timestamp: number, value: StoredValue];
type Key = [seriesNo: number, step: number, timestamp: number, value: StoredValue];

export interface FoundChunk {
  chunkNo: number;
  last: Point;
  /** how many rows wait to be merged with it */
  late: number;
  /** times of its points */
  earliest: number;
  latest: number;
}

const AT_KEY = 'series_no = ? AND last_step = ? AND last_timestamp = ? AND last_value = ?';
const LAST = 'last_step, last_timestamp, last_value';

export class ChunkRepository {
  private readonly all;
  private readonly newestKey;
  private readonly keyBefore;
  private readonly covering;
  private readonly packed;
  private readonly insertChunk;
  private readonly insertSummary;
  private readonly deleteChunk;
  private readonly deleteSummary;
  private readonly countLate;

  constructor(db: Db) {
    // the bytes of all summaries as one: a row each would cost ten times as long. What is joined is text to SQLite, which
    // neither looks at its bytes nor ends it at a zero
    this.all = db
      .prepare<[number], Buffer | null>(
        `SELECT CAST(group_concat(summary, '') AS BLOB)
         FROM (SELECT summary FROM chunk_summaries WHERE series_no = ? ORDER BY ${LAST})`,
      )
      .pluck();
    this.newestKey = db
      .prepare<[number], KeyRow>(
        `SELECT ${LAST} FROM chunk_summaries WHERE series_no = ? ORDER BY last_step DESC, last_timestamp DESC,
         last_value DESC LIMIT 1`,
      )
      .raw();
    this.keyBefore = db
      .prepare<Key, KeyRow>(
        `SELECT ${LAST} FROM chunk_summaries WHERE series_no = ? AND (${LAST}) < (?, ?, ?)
         ORDER BY last_step DESC, last_timestamp DESC, last_value DESC LIMIT 1`,
      )
      .raw();
    this.covering = db
      .prepare<Key, [number, number, number, number, ...KeyRow]>(
        `SELECT chunk_no, late, earliest, latest, ${LAST} FROM chunk_summaries WHERE series_no = ? AND (${LAST}) >= (?, ?, ?)
         ORDER BY ${LAST} LIMIT 1`,
      )
      .raw();
    this.packed = db.prepare<[number], Uint8Array<ArrayBuffer>>('SELECT packed FROM chunks WHERE chunk_no = ?').pluck();
    this.insertChunk = db.prepare<[Uint8Array]>('INSERT INTO chunks (packed) VALUES (?)');
    this.insertSummary = db.prepare<[...Key, number, number, number, Uint8Array]>(
      `INSERT INTO chunk_summaries (series_no, ${LAST}, chunk_no, earliest, latest, summary)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.deleteChunk = db.prepare<[number]>('DELETE FROM chunks WHERE chunk_no = ?');
    this.deleteSummary = db.prepare<Key>(`DELETE FROM chunk_summaries WHERE ${AT_KEY}`);
    this.countLate = db.prepare<Key>(`UPDATE chunk_summaries SET late = late + 1 WHERE ${AT_KEY}`);
  }

  /** of the whole series, in order */
  summaries(seriesNo: number): Summaries {
    return new Summaries(this.all.get(seriesNo) ?? new Uint8Array());
  }

  /** The last point that is folded. */
  end(seriesNo: number): Point | undefined {
    return asPoint(this.newestKey.get(seriesNo));
  }

  /** The last point of the chunk that ends before this point. */
  endBefore(seriesNo: number, point: Point): Point | undefined {
    return asPoint(this.keyBefore.get(...asKey(seriesNo, point)));
  }

  /** The first chunk that ends at this point or after it: if the point is folded, then there. */
  find(seriesNo: number, point: Point): FoundChunk | undefined {
    const row = this.covering.get(...asKey(seriesNo, point));
    if (!row) return undefined;
    const [chunkNo, late, earliest, latest, ...last] = row;
    return { chunkNo, last: asPoint(last), late, earliest, latest };
  }

  /** One more row lies within the stretch of the chunk that ends here. */
  addLate(seriesNo: number, last: Point): void {
    this.countLate.run(...asKey(seriesNo, last));
  }

  /** Nothing when it was replaced meanwhile. */
  read(chunkNo: number): Columns | undefined {
    const packed = this.packed.get(chunkNo);
    return packed && unpack(packed);
  }

  add(seriesNo: number, last: Point, points: Columns): void {
    const chunkNo = Number(this.insertChunk.run(pack(points)).lastInsertRowid);
    const summary = summarize(chunkNo, points);
    const numbers = new Summaries(summary);
    this.insertSummary.run(...asKey(seriesNo, last), chunkNo, numbers.earliest(0), numbers.latest(0), summary);
  }

  remove(seriesNo: number, chunkNo: number, last: Point): void {
    this.deleteChunk.run(chunkNo);
    this.deleteSummary.run(...asKey(seriesNo, last));
  }
}

function asKey(seriesNo: number, [step, timestamp, value]: Point): Key {
  return [seriesNo, step, timestamp, toStored(value)];
}

function asPoint(row: KeyRow): Point;
function asPoint(row: KeyRow | undefined): Point | undefined;
function asPoint(row: KeyRow | undefined): Point | undefined {
  return row && [row[0], row[1], fromStored(row[2])];
}
