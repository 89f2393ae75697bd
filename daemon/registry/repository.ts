import { STAGES } from '../../schemas/model-ref.ts';
import type { Stage } from '../../schemas/wire/registry.ts';
import type { Db } from '../store/index.ts';
import { LabelRepository } from './labels/repository.ts';
import type { ModelOverview, ModelRecord, VersionRecord } from './records.ts';
import type { VersionRange } from './versions/repository.ts';
import { VersionRepository } from './versions/repository.ts';

export interface ModelRow {
  model_no: number;
  name: string;
  folder: string;
  description: string;
  created_at: number;
  updated_at: number;
  newest_version: number;
}

/** Files of a deleted version: `model` is what it was called. */
export interface Discarded {
  folder: string;
  version: number;
  model: string;
}

export class RegistryRepository {
  readonly versions: VersionRepository;
  readonly labels: LabelRepository;
  private readonly allModels;
  private readonly someModels;
  private readonly firstNames;
  private readonly byName;
  private readonly insertModel;
  private readonly renameModel;
  private readonly describeModel;
  private readonly takeNumber;
  private readonly raiseNewest;
  private readonly setTime;
  private readonly deletions;
  private readonly isFolderTaken;
  private readonly allDiscarded;
  private readonly insertDiscarded;
  private readonly deleteDiscarded;

  constructor(db: Db) {
    this.versions = new VersionRepository(db);
    this.labels = new LabelRepository(db);
    this.allModels = db.prepare<[], ModelRow>('SELECT * FROM models ORDER BY name');
    this.someModels = db.prepare<[string], ModelRow>(
      'SELECT m.* FROM json_each(?) wanted CROSS JOIN models m ON m.model_no = wanted.value ORDER BY wanted.key',
    );
    this.firstNames = db.prepare<[], string>('SELECT name FROM models LIMIT 5000').pluck();
    this.byName = db.prepare<[string], ModelRow>('SELECT * FROM models WHERE name = ?');
    this.insertModel = db.prepare<[string, string, string, number, number]>(
      'INSERT INTO models (name, folder, description, created_at, updated_at, newest_version) VALUES (?, ?, ?, ?, ?, 0)',
    );
    this.renameModel = db.prepare<[string, number, number]>(
      'UPDATE models SET name = ?, updated_at = ? WHERE model_no = ?',
    );
    this.describeModel = db.prepare<[string, number, number]>(
      'UPDATE models SET description = ?, updated_at = ? WHERE model_no = ?',
    );
    this.takeNumber = db
      .prepare<[number, number], number>(
        `UPDATE models SET newest_version = newest_version + 1, updated_at = ? WHERE model_no = ?
         RETURNING newest_version`,
      )
      .pluck();
    this.raiseNewest = db.prepare<[number, number]>(
      'UPDATE models SET newest_version = max(newest_version, ?) WHERE model_no = ?',
    );
    this.setTime = db.prepare<[number, number]>('UPDATE models SET updated_at = ? WHERE model_no = ?');
    this.deletions = ['stage_changes', 'model_versions', 'models'].map((table) =>
      db.prepare<[number]>(`DELETE FROM ${table} WHERE model_no = ?`),
    );
    this.isFolderTaken = db
      .prepare<[string, string], number>(
        `SELECT EXISTS (SELECT 1 FROM models WHERE folder = ?) OR EXISTS (SELECT 1 FROM discarded_files WHERE folder = ?)`,
      )
      .pluck();
    this.allDiscarded = db.prepare<[], Discarded>('SELECT folder, version, model FROM discarded_files');
    this.insertDiscarded = db.prepare(
      'INSERT OR IGNORE INTO discarded_files (folder, version, model) VALUES (@folder, @version, @model)',
    );
    this.deleteDiscarded = db.prepare<[string, number]>('DELETE FROM discarded_files WHERE folder = ? AND version = ?');
  }

  /** by name */
  rows(): ModelRow[] {
    return this.allModels.all();
  }

  /** in the same order; one that was removed meanwhile is left out */
  rowsOf(modelNos: readonly number[]): ModelRow[] {
    return this.someModels.all(JSON.stringify(modelNos));
  }

  /** Enough of them to guess which was meant. */
  someNames(): string[] {
    return this.firstNames.all();
  }

  find(name: string): ModelRow | undefined {
    return this.byName.get(name);
  }

  complete(row: ModelRow): ModelRecord {
    const [model] = this.completeAll([row]);
    // one for each
    return model as ModelRecord;
  }

  /** Several are read in one sweep a table. */
  completeAll(rows: readonly ModelRow[]): ModelRecord[] {
    const modelNos = rows.map(({ model_no }) => model_no);
    const { tags, versionTags, aliases } = this.labels.ofModels(modelNos);
    const versions = this.versions.ofModels(modelNos);
    return rows.map(({ model_no, name, description, created_at, updated_at }) => {
      const tagsOf = versionTags.get(model_no);
      const complete = versions.get(model_no)?.map((one) => ({ ...one, tags: tagsOf?.get(one.version) ?? [] }));
      return {
        name,
        description,
        created_at,
        updated_at,
        tags: tags.get(model_no) ?? [],
        aliases: aliases.get(model_no) ?? [],
        versions: complete ?? [],
      };
    });
  }

  /** With so many versions of each stage. */
  overview({ model_no, name, description, created_at, updated_at }: ModelRow, newest: number): ModelOverview {
    const versions = STAGES.flatMap((stage) => this.inStage(model_no, stage, { limit: newest }));
    return {
      name,
      description,
      created_at,
      updated_at,
      ...this.labels.ofModel(model_no),
      in_stages: this.versions.counts(model_no),
      versions: versions.sort((one, other) => other.version - one.version),
    };
  }

  /** newest first */
  inStage(modelNo: number, stage: Stage, range?: VersionRange): VersionRecord[] {
    return this.versions.inStage(modelNo, stage, range).map((one) => {
      return { ...one, tags: this.labels.ofVersion(modelNo, one.version) };
    });
  }

  version(modelNo: number, version: number): VersionRecord | undefined {
    const found = this.versions.find(modelNo, version);
    return found && { ...found, tags: this.labels.ofVersion(modelNo, version) };
  }

  create(name: string, folder: string, description: string, at: number): number {
    return Number(this.insertModel.run(name, folder, description, at, at).lastInsertRowid);
  }

  rename(modelNo: number, name: string, at: number): void {
    this.renameModel.run(name, at, modelNo);
    this.versions.touchAll(modelNo, at);
  }

  describe(modelNo: number, description: string, at: number): void {
    this.describeModel.run(description, at, modelNo);
  }

  touch(modelNo: number, at: number): void {
    this.setTime.run(at, modelNo);
  }

  /** A number that no version of the model had before. */
  nextVersion(modelNo: number, at: number): number {
    return this.takeNumber.get(at, modelNo) ?? Number.NaN;
  }

  /** Numbers that another registry gave: they are not given again. */
  takeUpTo(modelNo: number, version: number): void {
    this.raiseNewest.run(version, modelNo);
  }

  /** With its versions, their history, tags and aliases. */
  delete(modelNo: number): void {
    for (const deletion of this.deletions) deletion.run(modelNo);
  }

  /** Also by files that wait to be removed. */
  folderTaken(folder: string): boolean {
    return this.isFolderTaken.get(folder, folder) === 1;
  }

  discarded(): Discarded[] {
    return this.allDiscarded.all();
  }

  discard(files: Discarded): void {
    this.insertDiscarded.run(files);
  }

  forgetDiscarded({ folder, version }: Discarded): void {
    this.deleteDiscarded.run(folder, version);
  }
}
