import type { FeatureRecord } from '../../schemas/wire/serving.ts';
import type { Migration, Store } from '../store/index.ts';
import type { SharePoint } from './history.ts';
import type { PredictionBatch } from './ports.ts';

export const PREDICTIONS_MIGRATIONS: readonly Migration[] = [
  {
    id: 1,
    name: 'predictions and the history of drift',
    sql: `
      CREATE TABLE predictions (
        endpoint TEXT NOT NULL,
        position INTEGER NOT NULL, -- counts up within the endpoint
        at INTEGER NOT NULL,
        model TEXT NOT NULL,
        version INTEGER NOT NULL,
        label TEXT NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (endpoint, position)
      ) WITHOUT ROWID;
      CREATE TABLE drift_history (
        monitor TEXT NOT NULL,
        at INTEGER NOT NULL,
        share REAL NOT NULL,
        effects TEXT NOT NULL,
        PRIMARY KEY (monitor, at)
      ) WITHOUT ROWID;`,
  },
];

/** The newest predictions of one version of a model, oldest first. */
export interface NewestPredictions {
  model: string;
  version: number;
  /** when the oldest of them was answered */
  since: number;
  records: FeatureRecord[];
}

interface PredictionRow {
  model: string;
  version: number;
  at: number;
  record: string;
}

/** The predictions log. Each write takes away about as much as it brings once the log is full, so none takes long. */
export class PredictionRepository {
  private readonly store: Store;
  private readonly keepRows: number;
  private readonly insert;
  private readonly newestPosition;
  private readonly prune;
  private readonly newest;
  private readonly insertPoint;
  private readonly deletePoint;
  private readonly points;

  constructor(store: Store, keepRows: number) {
    const { db } = store;
    this.store = store;
    this.keepRows = keepRows;
    this.insert = db.prepare('INSERT INTO predictions VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.newestPosition = db
      .prepare<[string], number | null>('SELECT max(position) FROM predictions WHERE endpoint = ?')
      .pluck();
    this.prune = db.prepare(
      `DELETE FROM predictions WHERE endpoint = ? AND position IN
         (SELECT position FROM predictions WHERE endpoint = ? AND position <= ? ORDER BY position LIMIT ?)`,
    );
    this.newest = db.prepare<[string, number], PredictionRow>(
      'SELECT model, version, at, record FROM predictions WHERE endpoint = ? ORDER BY position DESC LIMIT ?',
    );
    this.insertPoint = db.prepare('INSERT OR REPLACE INTO drift_history VALUES (?, ?, ?, ?)');
    this.deletePoint = db.prepare('DELETE FROM drift_history WHERE monitor = ? AND at = ?');
    this.points = db.prepare<[string], { at: number; share: number; effects: string }>(
      'SELECT at, share, effects FROM drift_history WHERE monitor = ? ORDER BY at',
    );
  }

  append({ endpoint, model, version, records, labels, at }: PredictionBatch): Promise<void> {
    return this.store.write(() => {
      const last = this.newestPosition.get(endpoint) ?? 0;
      records.forEach((record, k) => {
        this.insert.run(endpoint, last + 1 + k, at, model, version, labels[k] ?? '', JSON.stringify(record));
      });
      // twice what came, so that a log over its limit shrinks
      this.prune.run(endpoint, endpoint, last + records.length - this.keepRows, 2 * records.length + 100);
    });
  }

  /** At most `limit`, and none of a version before the newest one. */
  newestPredictions(endpoint: string, limit: number): NewestPredictions | undefined {
    let found: NewestPredictions | undefined;
    for (const { model, version, at, record } of this.newest.iterate(endpoint, limit)) {
      found ??= { model, version, since: at, records: [] };
      if (model !== found.model || version !== found.version) break;
      found.since = at;
      found.records.push(JSON.parse(record) as FeatureRecord);
    }
    found?.records.reverse();
    return found;
  }

  addPoint(monitor: string, point: SharePoint, forgotten: readonly number[]): Promise<void> {
    return this.store.write(() => {
      this.insertPoint.run(monitor, point.at, point.share, JSON.stringify(point.effects));
      for (const at of forgotten) this.deletePoint.run(monitor, at);
    });
  }

  history(monitor: string): SharePoint[] {
    return this.points.all(monitor).map(({ effects, ...point }) => ({ ...point, effects: JSON.parse(effects) }));
  }
}
