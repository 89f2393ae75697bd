import type { Db } from '../../store/index.ts';
import type { LoggedMetric } from '../records.ts';
import type { OpenRun } from './open-runs.ts';
import type { StoredValue } from './values.ts';

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

export interface StoredPoint {
  step: number;
  timestamp: number;
  value: StoredValue;
}
export type PointRow = [step: number, timestamp: number, value: StoredValue];

/** For a thread of its own: the series is too long to be read in passing. */
export const ALL_POINTS =
  'SELECT step, timestamp, value FROM points WHERE series_no = ? ORDER BY step, timestamp, value';
export const HISTORY_PAGE =
  'SELECT step, timestamp, value FROM points WHERE series_no = ? ORDER BY timestamp, step, value LIMIT ? OFFSET ?';

const SERIES = `SELECT series_no, key, total, step, timestamp, value, least, least_step, greatest, greatest_step
                FROM series`;

export class MetricRepository {
  private readonly ofRun;
  private readonly one;
  private readonly insertSeries;
  private readonly insertPoint;
  private readonly update;
  private readonly allPoints;
  private readonly historyPage;

  constructor(db: Db) {
    this.ofRun = db.prepare<[number], SeriesRow>(`${SERIES} WHERE run_no = ? ORDER BY key`);
    this.one = db.prepare<[number, string], SeriesRow>(`${SERIES} WHERE run_no = ? AND key = ?`);
    this.insertSeries = db.prepare<[number, string, string]>(
      "INSERT INTO series (run_no, experiment_id, key, total, step, timestamp, value) VALUES (?, ?, ?, 0, 0, 0, 'NaN')",
    );
    this.insertPoint = db.prepare<[number, number, number, StoredValue]>(
      'INSERT OR IGNORE INTO points VALUES (?, ?, ?, ?)',
    );
    this.update = db.prepare<unknown[]>(
      `UPDATE series SET total = ?, step = ?, timestamp = ?, value = ?, least = ?, least_step = ?, greatest = ?,
       greatest_step = ? WHERE series_no = ?`,
    );
    this.allPoints = db.prepare<[number], PointRow>(ALL_POINTS).raw();
    this.historyPage = db.prepare<[number, number, number], PointRow>(HISTORY_PAGE).raw();
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
  addPoint(seriesNo: number, { step, timestamp }: LoggedMetric, value: StoredValue): boolean {
    return this.insertPoint.run(seriesNo, step, timestamp, value).changes > 0;
  }

  save(seriesNo: number, state: SeriesState): void {
    const { total, step, timestamp, value, least, least_step, greatest, greatest_step } = state;
    this.update.run(total, step, timestamp, value, least, least_step, greatest, greatest_step, seriesNo);
  }

  /** in the order of steps */
  points(seriesNo: number): PointRow[] {
    return this.allPoints.all(seriesNo);
  }

  /** in the order of times */
  history(seriesNo: number, limit: number, offset: number): PointRow[] {
    return this.historyPage.all(seriesNo, limit, offset);
  }
}
