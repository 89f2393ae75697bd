import type { Db } from '../../store/index.ts';
import { KeyValueRepository } from '../key-values/repository.ts';
import type { OpenRun } from '../metrics/open-runs.ts';
import type { StoredValue } from '../metrics/values.ts';
import { toStored } from '../metrics/values.ts';
import type { LoggedMetric } from '../records.ts';
import type { LoggedModelStatus } from './records.ts';

export interface LoggedModelRow {
  logged_model_no: number;
  model_id: string;
  experiment_id: number;
  name: string;
  model_type: string;
  source_run_id: string;
  status: LoggedModelStatus;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}

export type NewLoggedModelRow = Omit<LoggedModelRow, 'logged_model_no' | 'deleted_at'>;

export interface ModelMetricRow {
  key: string;
  value: StoredValue;
  step: number;
  timestamp: number;
  run_id: string;
  dataset_name: string;
  dataset_digest: string;
}

export class LoggedModelRepository {
  readonly params: KeyValueRepository;
  readonly tags: KeyValueRepository;
  private readonly insertOne;
  private readonly byId;
  private readonly setStatusOf;
  private readonly setDeletedAt;
  private readonly metricsOf;
  private readonly insertMetric;

  constructor(db: Db) {
    this.params = new KeyValueRepository(db, 'logged_model_params', 'logged_model_no');
    this.tags = new KeyValueRepository(db, 'logged_model_tags', 'logged_model_no');
    this.insertOne = db.prepare<[NewLoggedModelRow]>(
      `INSERT INTO logged_models (model_id, experiment_id, name, model_type, source_run_id, status, created_at, updated_at)
       VALUES (@model_id, @experiment_id, @name, @model_type, @source_run_id, @status, @created_at, @updated_at)`,
    );
    this.byId = db.prepare<[string], LoggedModelRow>('SELECT * FROM logged_models WHERE model_id = ?');
    this.setStatusOf = db.prepare<[LoggedModelStatus, number, number]>(
      'UPDATE logged_models SET status = ?, updated_at = ? WHERE logged_model_no = ?',
    );
    this.setDeletedAt = db.prepare<[number, number, number]>(
      'UPDATE logged_models SET deleted_at = ?, updated_at = ? WHERE logged_model_no = ?',
    );
    this.metricsOf = db.prepare<[number], ModelMetricRow>(
      `SELECT key, value, step, timestamp, run_id, dataset_name, dataset_digest
       FROM logged_model_metrics JOIN runs USING (run_no) WHERE logged_model_no = ? ORDER BY key, timestamp, step`,
    );
    this.insertMetric = db.prepare<unknown[]>(
      'INSERT OR IGNORE INTO logged_model_metrics VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
  }

  insert(model: NewLoggedModelRow): number {
    return Number(this.insertOne.run(model).lastInsertRowid);
  }

  /** Deleted ones, too. */
  find(modelId: string): LoggedModelRow | undefined {
    return this.byId.get(modelId);
  }

  setStatus(modelNo: number, status: LoggedModelStatus, at: number): void {
    this.setStatusOf.run(status, at, modelNo);
  }

  setDeleted(modelNo: number, at: number): void {
    this.setDeletedAt.run(at, at, modelNo);
  }

  metrics(modelNo: number): ModelMetricRow[] {
    return this.metricsOf.all(modelNo);
  }

  /** Exactly the same point again is dropped. */
  addMetric(
    modelNo: number,
    { run_no }: Pick<OpenRun, 'run_no'>,
    { key, value, step, timestamp, dataset }: LoggedMetric,
  ): void {
    const { name = '', digest = '' } = dataset ?? {};
    this.insertMetric.run(modelNo, key, timestamp, step, run_no, name, digest, toStored(value));
  }
}
