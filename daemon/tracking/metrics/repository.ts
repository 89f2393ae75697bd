import type { Db } from '../../store/index.ts';
import type { LoggedMetric } from '../records.ts';
import type { StoredValue } from './values.ts';

export interface SeriesRow {
  series_no: number;
  key: string;
  total: number;
  step: number;
  timestamp: number;
  value: StoredValue;
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

const SERIES = 'SELECT series_no, key, total, step, timestamp, value FROM series';

export class MetricRepository {
  private readonly ofRun;
  private readonly one;
  private readonly insertSeries;
  private readonly insertPoint;
  private readonly count;
  private readonly countLatest;
  private readonly allPoints;
  private readonly historyPage;

  constructor(db: Db) {
    this.ofRun = db.prepare<[number], SeriesRow>(`${SERIES} WHERE run_no = ? ORDER BY key`);
    this.one = db.prepare<[number, string], SeriesRow>(`${SERIES} WHERE run_no = ? AND key = ?`);
    this.insertSeries = db.prepare<[number, string, number, number, StoredValue]>(
      'INSERT INTO series (run_no, key, total, step, timestamp, value) VALUES (?, ?, 1, ?, ?, ?)',
    );
    this.insertPoint = db.prepare<[number, number, number, StoredValue]>(
      'INSERT OR IGNORE INTO points VALUES (?, ?, ?, ?)',
    );
    this.count = db.prepare<[number]>('UPDATE series SET total = total + 1 WHERE series_no = ?');
    this.countLatest = db.prepare<[number, number, StoredValue, number]>(
      'UPDATE series SET total = total + 1, step = ?, timestamp = ?, value = ? WHERE series_no = ?',
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

  startSeries(runNo: number, { key, step, timestamp }: LoggedMetric, value: StoredValue): number {
    return Number(this.insertSeries.run(runNo, key, step, timestamp, value).lastInsertRowid);
  }

  /** False when exactly this point is there already. */
  addPoint(seriesNo: number, { step, timestamp }: LoggedMetric, value: StoredValue): boolean {
    return this.insertPoint.run(seriesNo, step, timestamp, value).changes > 0;
  }

  countPoint(seriesNo: number): void {
    this.count.run(seriesNo);
  }

  countLatestPoint(seriesNo: number, { step, timestamp }: LoggedMetric, value: StoredValue): void {
    this.countLatest.run(step, timestamp, value, seriesNo);
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
