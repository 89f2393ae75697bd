import type { MetricNumber } from '../../schemas/wire/common.ts';
import type { Model, ModelVersion, Stage, StageChange } from '../../schemas/wire/registry.ts';
import type { Db } from '../store/index.ts';

/** Of each file of a version: proves later that it is still the same. */
export type FileSums = Record<string, { sha256: string; bytes: number }>;

export interface ModelRow {
  model_no: number;
  name: string;
  folder: string;
  description: string;
  updated_at: number;
  newest_version: number;
}

interface VersionRow extends Omit<ModelVersion, 'metrics'> {
  metrics: string;
  files: string;
}

export interface NewVersion {
  version: number;
  created_at: number;
  created_by: string;
  description: string;
  run_id: string | null;
  metrics: Record<string, MetricNumber>;
  files: FileSums;
}

export class RegistryRepository {
  private readonly allModels;
  private readonly byName;
  private readonly insertModel;
  private readonly takeNumber;
  private readonly touch;
  private readonly versionsOf;
  private readonly oneVersion;
  private readonly insertVersion;
  private readonly setStageOf;
  private readonly insertChange;
  private readonly changesOf;

  constructor(db: Db) {
    this.allModels = db.prepare<[], ModelRow>('SELECT * FROM models ORDER BY name');
    this.byName = db.prepare<[string], ModelRow>('SELECT * FROM models WHERE name = ?');
    this.insertModel = db.prepare<[string, string, number, number]>(
      "INSERT INTO models (name, folder, description, created_at, updated_at, newest_version) VALUES (?, ?, '', ?, ?, 0)",
    );
    this.takeNumber = db
      .prepare<[number, number], number>(
        `UPDATE models SET newest_version = newest_version + 1, updated_at = ? WHERE model_no = ?
         RETURNING newest_version`,
      )
      .pluck();
    this.touch = db.prepare<[number, number]>('UPDATE models SET updated_at = ? WHERE model_no = ?');
    this.versionsOf = db.prepare<[number], VersionRow>(
      'SELECT * FROM model_versions WHERE model_no = ? ORDER BY version DESC',
    );
    this.oneVersion = db.prepare<[number, number], VersionRow>(
      'SELECT * FROM model_versions WHERE model_no = ? AND version = ?',
    );
    this.insertVersion = db.prepare(
      `INSERT INTO model_versions (model_no, version, stage, created_at, created_by, description, run_id, metrics, files)
       VALUES (@model_no, @version, 'development', @created_at, @created_by, @description, @run_id, @metrics, @files)`,
    );
    this.setStageOf = db.prepare<[Stage, number, number]>(
      'UPDATE model_versions SET stage = ? WHERE model_no = ? AND version = ?',
    );
    this.insertChange = db.prepare(
      `INSERT INTO stage_changes (model_no, version, from_stage, to_stage, reason, changed_by, changed_at)
       VALUES (@model_no, @version, @from, @to, @reason, @by, @at)`,
    );
    this.changesOf = db.prepare<[number], StageChange>(
      `SELECT version, from_stage AS "from", to_stage AS "to", reason, changed_by AS "by", changed_at AS "at"
       FROM stage_changes WHERE model_no = ? ORDER BY change_no DESC`,
    );
  }

  /** by name */
  models(): Model[] {
    return this.allModels.all().map((row) => this.complete(row));
  }

  names(): string[] {
    return this.allModels.all().map(({ name }) => name);
  }

  find(name: string): ModelRow | undefined {
    return this.byName.get(name);
  }

  complete({ model_no, name, description, updated_at }: ModelRow): Model {
    return { name, description, updated_at, versions: this.versionsOf.all(model_no).map(toVersion) };
  }

  version(modelNo: number, version: number): ModelVersion | undefined {
    const row = this.oneVersion.get(modelNo, version);
    return row && toVersion(row);
  }

  files(modelNo: number, version: number): FileSums {
    const row = this.oneVersion.get(modelNo, version);
    return row ? (JSON.parse(row.files) as FileSums) : {};
  }

  create(name: string, folder: string, at: number): number {
    return Number(this.insertModel.run(name, folder, at, at).lastInsertRowid);
  }

  /** A number that no version of the model had before. */
  nextVersion(modelNo: number, at: number): number {
    return this.takeNumber.get(at, modelNo) ?? Number.NaN;
  }

  addVersion(modelNo: number, version: NewVersion): void {
    const { metrics, files, ...plain } = version;
    this.insertVersion.run({
      ...plain,
      model_no: modelNo,
      metrics: JSON.stringify(metrics),
      files: JSON.stringify(files),
    });
  }

  /** Moves a version and notes who did it and why. */
  move(modelNo: number, change: StageChange): void {
    this.setStageOf.run(change.to, modelNo, change.version);
    this.insertChange.run({ model_no: modelNo, ...change });
    this.touch.run(change.at, modelNo);
  }

  /** newest first */
  changes(modelNo: number): StageChange[] {
    return this.changesOf.all(modelNo);
  }
}

function toVersion({ version, stage, created_at, created_by, description, run_id, metrics }: VersionRow): ModelVersion {
  return { version, stage, created_at, created_by, description, run_id, metrics: JSON.parse(metrics) };
}
