import type { Stage, StageChange } from '../../../schemas/wire/registry.ts';
import type { Db } from '../../store/index.ts';
import { grouped } from '../grouped.ts';
import { HistoryRepository } from '../history/repository.ts';
import type { VersionCounts, VersionOrigin, VersionRecord } from '../records.ts';

/** Of each file of a version: proves later that it is still the same. */
export type FileSums = Record<string, { sha256: string; bytes: number }>;

interface VersionRow extends Omit<VersionRecord, 'metrics' | 'tags'> {
  metrics: string;
}

type MadeFrom = Pick<VersionRecord, 'created_at' | 'run_id'> & { source: string };

export interface VersionRange {
  before?: number;
  limit?: number;
}

export type NewVersion = Omit<VersionRecord, 'stage' | 'tags' | 'updated_at' | 'stage_since'> & { files: FileSums };

const SELECT = `SELECT model_no, version, stage, created_at, updated_at, created_by, description, run_id, metrics, source,
    location, model_id, run_link, coalesce((
      SELECT max(changed_at) FROM stage_changes c WHERE c.model_no = v.model_no AND c.version = v.version
    ), created_at) AS stage_since
  FROM model_versions v`;

type Row = VersionRow & { model_no: number };

/** Versions, and what moved them from stage to stage. Indexes are named where SQLite would read all versions of a model. */
export class VersionRepository {
  readonly history: HistoryRepository;
  private readonly versionsOf;
  private readonly oneVersion;
  private readonly versionsIn;
  private readonly countedIn;
  private readonly newestOf;
  private readonly sameOrigin;
  private readonly allOrigins;
  private readonly sumsOf;
  private readonly insertVersion;
  private readonly setDescription;
  private readonly setTime;
  private readonly setStage;
  private readonly deleteVersion;

  constructor(db: Db) {
    this.history = new HistoryRepository(db);
    this.versionsOf = db.prepare<[string], Row>(
      `${SELECT} WHERE model_no IN (SELECT value FROM json_each(?)) ORDER BY model_no, version DESC`,
    );
    this.oneVersion = db.prepare<[number, number], Row>(`${SELECT} WHERE model_no = ? AND version = ?`);
    this.versionsIn = db.prepare<[number, Stage, number, number], Row>(
      `${SELECT} INDEXED BY versions_in_stage WHERE model_no = ? AND stage = ? AND version < ?
       ORDER BY version DESC LIMIT ?`,
    );
    this.countedIn = db.prepare<[number], { stage: Stage; count: number }>(
      'SELECT stage, count(*) AS count FROM model_versions WHERE model_no = ? GROUP BY stage',
    );
    this.newestOf = db
      .prepare<[number], number | null>('SELECT max(version) FROM model_versions WHERE model_no = ?')
      .pluck();
    this.sameOrigin = db
      .prepare<[number, number, string, string | null], number>(
        `SELECT version FROM model_versions INDEXED BY versions_by_time
         WHERE model_no = ? AND created_at = ? AND source = ? AND run_id IS ? ORDER BY version DESC`,
      )
      .pluck();
    this.allOrigins = db.prepare<[], VersionOrigin>('SELECT run_id, model_id, location FROM model_versions');
    this.sumsOf = db
      .prepare<[number, number], string>('SELECT files FROM model_versions WHERE model_no = ? AND version = ?')
      .pluck();
    this.insertVersion = db.prepare(
      `INSERT INTO model_versions (model_no, version, stage, created_at, updated_at, created_by, description, run_id,
         metrics, files, source, location, model_id, run_link)
       VALUES (@model_no, @version, 'development', @created_at, @created_at, @created_by, @description, @run_id,
         @metrics, @files, @source, @location, @model_id, @run_link)`,
    );
    this.setDescription = db.prepare<[string, number, number, number]>(
      'UPDATE model_versions SET description = ?, updated_at = ? WHERE model_no = ? AND version = ?',
    );
    this.setTime = db.prepare<[number, number]>('UPDATE model_versions SET updated_at = ? WHERE model_no = ?');
    this.setStage = db.prepare<[string, number, number, number]>(
      'UPDATE model_versions SET stage = ?, updated_at = ? WHERE model_no = ? AND version = ?',
    );
    this.deleteVersion = db.prepare<[number, number]>('DELETE FROM model_versions WHERE model_no = ? AND version = ?');
  }

  /** newest first */
  of(modelNo: number): Omit<VersionRecord, 'tags'>[] {
    return this.ofModels([modelNo]).get(modelNo) ?? [];
  }

  /** by number of the model; newest first */
  ofModels(modelNos: readonly number[]): Map<number, Omit<VersionRecord, 'tags'>[]> {
    return grouped(this.versionsOf.all(JSON.stringify(modelNos)), ({ model_no }) => model_no, toVersion);
  }

  find(modelNo: number, version: number): Omit<VersionRecord, 'tags'> | undefined {
    const row = this.oneVersion.get(modelNo, version);
    return row && toVersion(row);
  }

  /** Newest first: the first that are older than `before`, or all. */
  inStage(
    modelNo: number,
    stage: Stage,
    { before = Number.MAX_SAFE_INTEGER, limit = -1 }: VersionRange = {},
  ): Omit<VersionRecord, 'tags'>[] {
    return this.versionsIn.all(modelNo, stage, before, limit).map(toVersion);
  }

  counts(modelNo: number): VersionCounts {
    const counts: VersionCounts = { development: 0, staging: 0, production: 0, archived: 0 };
    for (const { stage, count } of this.countedIn.all(modelNo)) counts[stage] = count;
    return counts;
  }

  newest(modelNo: number): number | undefined {
    return this.newestOf.get(modelNo) ?? undefined;
  }

  /** newest first */
  madeFrom(modelNo: number, { created_at, source, run_id }: MadeFrom): number[] {
    return this.sameOrigin.all(modelNo, created_at, source, run_id);
  }

  origins(): VersionOrigin[] {
    return this.allOrigins.all();
  }

  /** of files that are our own copy */
  files(modelNo: number, version: number): FileSums {
    const sums = this.sumsOf.get(modelNo, version);
    return sums === undefined ? {} : (JSON.parse(sums) as FileSums);
  }

  add(modelNo: number, { metrics, files, ...plain }: NewVersion): void {
    const texts = { metrics: JSON.stringify(metrics), files: JSON.stringify(files) };
    this.insertVersion.run({ ...plain, ...texts, model_no: modelNo });
  }

  describe(modelNo: number, version: number, description: string, at: number): void {
    this.setDescription.run(description, at, modelNo, version);
  }

  /** all of a model, as with a new name */
  touchAll(modelNo: number, at: number): void {
    this.setTime.run(at, modelNo);
  }

  /** Moves a version and notes who did it and why. */
  move(modelNo: number, change: StageChange): void {
    this.setStage.run(change.to, change.at, modelNo, change.version);
    this.history.add(modelNo, change);
  }

  delete(modelNo: number, version: number): void {
    this.deleteVersion.run(modelNo, version);
  }
}

function toVersion({ model_no: _, metrics, ...plain }: Row): Omit<VersionRecord, 'tags'> {
  return { ...plain, metrics: JSON.parse(metrics) };
}
