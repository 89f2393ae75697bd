import type { Db } from '../../store/index.ts';
import type { Columns } from './chunks/columns.ts';
import { columnsOf } from './chunks/columns.ts';
import type { OpenRun } from './open-runs.ts';
import type { Point } from './order.ts';
import type { StoredValue } from './values.ts';
import { fromStored, toStored } from './values.ts';

/** What lists ask of a series: its newest point and its extremes, null while it has no number. */
export interface SeriesState {
  total: number;
  step: number;
  timestamp: number;
  value: StoredValue;
  least: number | null;
  least_step: number | null;
  greatest: number | null;
  greatest_step: number | null;
}

export interface SeriesRow extends SeriesState {
  series_no: number;
  key: string;
}

type PointRow = [step: number, timestamp: number, value: StoredValue];

/** Bounds for all points of a series. */
export const BEFORE_ALL: Point = [Number.NEGATIVE_INFINITY, 0, 0];
export const AFTER_ALL: Point = [Number.POSITIVE_INFINITY, 0, 0];

/** A statement for so many: what SQLite does for each statement costs more than a row. */
export const ROWS_AT_ONCE = 50;

const POINTS = 'SELECT step, timestamp, value FROM points';
const IN_ORDER = 'ORDER BY step, timestamp, value';
const BETWEEN = 'series_no = ? AND (step, timestamp, value) > (?, ?, ?) AND (step, timestamp, value) <= (?, ?, ?)';
const SERIES = `SELECT series_no, key, total, step, timestamp, value, least, least_step, greatest, greatest_step
                FROM series`;

export class MetricRepository {
  private readonly ofRun;
  private readonly one;
  private readonly insertSeries;
  private readonly insertPoint;
  private readonly insertMany;
  private readonly update;
  private readonly unfolded;
  private readonly between;
  private readonly counted;
  private readonly removeBetween;

  constructor(db: Db) {
    this.ofRun = db.prepare<[number], SeriesRow>(`${SERIES} WHERE run_no = ? ORDER BY key`);
    this.one = db.prepare<[number, string], SeriesRow>(`${SERIES} WHERE run_no = ? AND key = ?`);
    this.insertSeries = db.prepare<[number, string, string]>(
      "INSERT INTO series (run_no, experiment_id, key, total, step, timestamp, value) VALUES (?, ?, ?, 0, 0, 0, 'NaN')",
    );
    this.insertPoint = db.prepare<unknown[]>('INSERT OR IGNORE INTO points VALUES (?, ?, ?, ?)');
    this.insertMany = db.prepare<unknown[]>(
      `INSERT INTO points VALUES ${Array(ROWS_AT_ONCE).fill('(?, ?, ?, ?)').join()}`,
    );
    this.update = db.prepare<unknown[]>(
      `UPDATE series SET total = ?, step = ?, timestamp = ?, value = ?, least = ?, least_step = ?, greatest = ?,
       greatest_step = ? WHERE series_no = ?`,
    );
    this.unfolded = db.prepare<[number], PointRow>(`${POINTS} WHERE series_no = ? ${IN_ORDER}`).raw();
    this.between = db.prepare<unknown[], PointRow>(`${POINTS} WHERE ${BETWEEN} ${IN_ORDER} LIMIT ?`).raw();
    this.counted = db.prepare<unknown[], number>(`SELECT count(*) FROM points WHERE ${BETWEEN}`).pluck();
    this.removeBetween = db.prepare<unknown[]>(`DELETE FROM points WHERE ${BETWEEN}`);
  }

  /** by key */
  seriesOf(runNo: number): SeriesRow[] {
    return this.ofRun.all(runNo);
  }

  series(runNo: number, key: string): SeriesRow | undefined {
    return this.one.get(runNo, key);
  }

  startSeries({ run_no, experiment_id }: OpenRun, key: string): number {
    return Number(this.insertSeries.run(run_no, experiment_id, key).lastInsertRowid);
  }

  /** False when exactly this point is there already. */
  addPoint(seriesNo: number, [step, timestamp, value]: Point): boolean {
    return this.insertPoint.run(seriesNo, step, timestamp, toStored(value)).changes > 0;
  }

  /** `series_no, step, timestamp, value` of each, one after another; none is there yet. */
  addRows(rows: readonly unknown[]): void {
    if (rows.length === 4 * ROWS_AT_ONCE) this.insertMany.run(rows);
    else for (let at = 0; at < rows.length; at += 4) this.insertPoint.run(...rows.slice(at, at + 4));
  }

  save(seriesNo: number, state: SeriesState): void {
    const { total, step, timestamp, value, least, least_step, greatest, greatest_step } = state;
    this.update.run(total, step, timestamp, value, least, least_step, greatest, greatest_step, seriesNo);
  }

  /** Those that are rows, not folded. */
  rows(seriesNo: number): Columns {
    return asColumns(this.unfolded.all(seriesNo));
  }

  /** The first of those rows that follow `after`, up to `upTo` itself. */
  rowsBetween(seriesNo: number, after: Point, upTo: Point, limit: number): Columns {
    return asColumns(this.between.all(seriesNo, ...stored(after), ...stored(upTo), limit));
  }

  countBetween(seriesNo: number, after: Point, upTo: Point): number {
    return Number(this.counted.get(seriesNo, ...stored(after), ...stored(upTo)));
  }

  deleteBetween(seriesNo: number, after: Point, upTo: Point): void {
    this.removeBetween.run(seriesNo, ...stored(after), ...stored(upTo));
  }
}

function asColumns(rows: readonly PointRow[]): Columns {
  return columnsOf(rows.map(([step, timestamp, value]) => [step, timestamp, fromStored(value)]));
}

function stored([step, timestamp, value]: Point): PointRow {
  return [step, timestamp, toStored(value)];
}
