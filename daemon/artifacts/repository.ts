import type { Db } from '../store/index.ts';

export interface ArtifactRow {
  name: string;
  /** null for a folder */
  sha256: string | null;
  bytes: number;
  updated_at: number;
}

export interface FileRow extends ArtifactRow {
  sha256: string;
}

/** Everything below a folder: `/` is followed by `0`, and no path has a character between the two. */
const BELOW = "(folder = @folder OR (folder > @folder || '/' AND folder < @folder || '0'))";

export class ArtifactRepository {
  private readonly one;
  private readonly put;
  private readonly remove;
  private readonly inFolder;
  private readonly anyInFolder;
  private readonly filesBelow;
  private readonly removeBelow;
  private readonly namesOf;

  constructor(db: Db) {
    this.one = db.prepare<[string, string], ArtifactRow>(
      'SELECT name, sha256, bytes, updated_at FROM artifacts WHERE folder = ? AND name = ?',
    );
    this.put = db.prepare<[string, string, string | null, number, number]>(
      'INSERT OR REPLACE INTO artifacts (folder, name, sha256, bytes, updated_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.remove = db.prepare<[string, string]>('DELETE FROM artifacts WHERE folder = ? AND name = ?');
    this.inFolder = db.prepare<[string], ArtifactRow>(
      'SELECT name, sha256, bytes, updated_at FROM artifacts WHERE folder = ? ORDER BY name',
    );
    this.anyInFolder = db.prepare<[string], 1>('SELECT 1 FROM artifacts WHERE folder = ? LIMIT 1').pluck();
    this.filesBelow = db.prepare<[{ folder: string }], FileRow>(
      `SELECT name, sha256, bytes, updated_at FROM artifacts WHERE sha256 IS NOT NULL AND ${BELOW}`,
    );
    this.removeBelow = db.prepare<[{ folder: string }]>(`DELETE FROM artifacts WHERE ${BELOW}`);
    this.namesOf = db.prepare<[string], number>('SELECT count(*) FROM artifacts WHERE sha256 = ?').pluck();
  }

  find(folder: string, name: string): ArtifactRow | undefined {
    return this.one.get(folder, name);
  }

  /** in the order of their names' code points */
  list(folder: string): ArtifactRow[] {
    return this.inFolder.all(folder);
  }

  isEmpty(folder: string): boolean {
    return this.anyInFolder.get(folder) === undefined;
  }

  save(folder: string, { name, sha256, bytes, updated_at }: ArtifactRow): void {
    this.put.run(folder, name, sha256, bytes, updated_at);
  }

  delete(folder: string, name: string): boolean {
    return this.remove.run(folder, name).changes > 0;
  }

  /** the files in a folder and in the folders within it */
  below(folder: string): FileRow[] {
    return this.filesBelow.all({ folder });
  }

  deleteBelow(folder: string): void {
    this.removeBelow.run({ folder });
  }

  /** how many files have this content */
  countOf(sha256: string): number {
    return this.namesOf.get(sha256) ?? 0;
  }
}
