import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import { asFileError } from '../base/file-errors.ts';
import { Patience } from '../base/patience.ts';
import { asStoreError, isStoreFailure } from './errors.ts';
import { GroupCommit } from './group-commit.ts';
import { LongReads } from './long-reads.ts';
import type { Migration } from './migrate.ts';
import { migrate, refuseOthers } from './migrate.ts';
import { addSearchFunctions } from './search-functions.ts';

export { asStoreError, isStoreFailure } from './errors.ts';
export { openForeign } from './foreign.ts';
export type { Migration } from './migrate.ts';
export { patiently } from './patiently.ts';
export type { Seal } from './seal.ts';
export { sealFor } from './seal.ts';
export type { Sql } from './sql.ts';
export { allOf, comparison, sql } from './sql.ts';
export { StateFolder } from './state-folder.ts';
/** What a repository prepares its statements on. */
export type Db = Database.Database;

export type StoreHealth = { state: 'ok' } | { state: 'failing'; message: string };

export interface StoreOptions {
  file: string;
  migrations: readonly Migration[];
  /** the folder that gets a copy before each migration */
  backups: string;
  clock: Clock;
  /** how long patterns may be searched for: here, while nobody else is answered, and on the thread of long reads */
  searchMs?: { here: number; long: number };
}

/**
 * How long the log grows before it is folded into the file, which waits for the disk and holds up everybody: 16 MB. Points of
 * one metric change the same few pages again and again, so that folding seldom costs hardly more than folding often.
 */
const LOG_PAGES = 4000;

const SEARCH_MS = { here: 2_000, long: 30_000 };

/** One SQLite file with one writer: this process. */
export class Store implements Disposable {
  /** for preparing statements once and for short reads; writing goes through `write` */
  readonly db: Db;
  private readonly group: GroupCommit;
  private readonly longReads: LongReads;
  private failure: string | undefined;
  private readonly file: string;

  constructor({ file, migrations, backups, clock, searchMs = SEARCH_MS }: StoreOptions) {
    this.file = file;
    this.db = this.open(migrations, backups, clock);
    addSearchFunctions(this.db, new Patience(searchMs.here));
    this.group = new GroupCommit(this.db);
    this.longReads = new LongReads({ file, mostMs: searchMs.long });
  }

  /** Runs `action` with others in one transaction and answers once it is committed. `durable`: on the disk, too. */
  async write<T>(action: () => T, { durable = false } = {}): Promise<T> {
    try {
      const value = await this.group.add(action, durable);
      this.failure = undefined;
      return value;
    } catch (thrown) {
      throw this.noteFailure(asStoreError(thrown, this.file));
    }
  }

  /** A query that may take long, on a thread of its own. It sees what is committed. */
  async readLong<Row>(sql: string, ...params: unknown[]): Promise<Row[]> {
    try {
      return (await this.longReads.query(sql, params)) as Row[];
    } catch (thrown) {
      throw asStoreError(thrown, this.file);
    }
  }

  health(): StoreHealth {
    return this.failure === undefined ? { state: 'ok' } : { state: 'failing', message: this.failure };
  }

  async dispose(): Promise<void> {
    this.group.flush();
    await this.longReads.close();
    this.db.close();
  }

  private open(migrations: readonly Migration[], backups: string, clock: Clock): Db {
    let db: Db | undefined;
    try {
      this.lookFirst(migrations);
      db = new Database(this.file);
      const version = refuseOthers(db, migrations);
      db.pragma('journal_mode = WAL');
      db.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
      db.pragma('foreign_keys = ON');
      migrate(db, version, migrations, { folder: backups, clock });
      return db;
    } catch (thrown) {
      db?.close();
      throw asFileError(asStoreError(thrown, this.file), backups);
    }
  }

  /** A foreign or newer file must stay as it is: closing a connection that may write would fold its log into it. */
  private lookFirst(migrations: readonly Migration[]): void {
    if (!existsSync(this.file)) return;
    const db = new Database(this.file, { readonly: true });
    try {
      refuseOthers(db, migrations);
    } finally {
      db.close();
    }
  }

  private noteFailure(thrown: unknown): unknown {
    if (isStoreFailure(thrown)) this.failure = thrown.message;
    return thrown;
  }
}
