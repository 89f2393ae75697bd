import type { Db } from '../../store/index.ts';
import type { KeyValue } from '../records.ts';

/** Texts by key, of runs or of logged models: a table whose `owner` column says whose they are. */
export class KeyValueRepository {
  private readonly ofOwner;
  private readonly one;
  private readonly add;
  private readonly replace;
  private readonly remove;

  constructor(db: Db, table: string, owner: string) {
    this.ofOwner = db.prepare<[number], KeyValue>(`SELECT key, value FROM ${table} WHERE ${owner} = ? ORDER BY key`);
    this.one = db
      .prepare<[number, string], string>(`SELECT value FROM ${table} WHERE ${owner} = ? AND key = ?`)
      .pluck();
    this.add = db.prepare<[number, string, string]>(`INSERT INTO ${table} (${owner}, key, value) VALUES (?, ?, ?)`);
    this.replace = db.prepare<[number, string, string]>(
      `INSERT OR REPLACE INTO ${table} (${owner}, key, value) VALUES (?, ?, ?)`,
    );
    this.remove = db.prepare<[number, string]>(`DELETE FROM ${table} WHERE ${owner} = ? AND key = ?`);
  }

  /** by key */
  of(owner: number): KeyValue[] {
    return this.ofOwner.all(owner);
  }

  get(owner: number, key: string): string | undefined {
    return this.one.get(owner, key);
  }

  insert(owner: number, { key, value }: KeyValue): void {
    this.add.run(owner, key, value);
  }

  set(owner: number, { key, value }: KeyValue): void {
    this.replace.run(owner, key, value);
  }

  delete(owner: number, key: string): boolean {
    return this.remove.run(owner, key).changes > 0;
  }
}
