import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Clock } from '../base/clock.ts';
import { CrisolError } from '../base/errors.ts';

/** One numbered step of the store's history. Never edited once released: the next change is the next number. */
export interface Migration {
  id: number;
  name: string;
  sql: string;
}

/** "CRSL" in SQLite's header: tells our files from others'. */
const APPLICATION_ID = 0x4352534c;

export interface Backups {
  folder: string;
  clock: Clock;
}

/** The version of the file's tables; refuses files of other programs and of a newer Crisol without touching them. */
export function refuseOthers(db: Database, migrations: readonly Migration[]): number {
  const version = Number(db.pragma('user_version', { simple: true }));
  const owner = Number(db.pragma('application_id', { simple: true }));
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_master').pluck().get());
  const fresh = owner === 0 && version === 0 && tables === 0;
  if (!fresh && owner !== APPLICATION_ID) {
    throw new CrisolError('STORE_FOREIGN', `${db.name} is a database of another program.`);
  }
  const newest = migrations.at(-1)?.id ?? 0;
  if (version > newest) {
    throw new CrisolError(
      'STORE_NEWER',
      `${db.name} was written by a newer Crisol (store ${version}; this one knows ${newest}).`,
    );
  }
  return version;
}

/** Brings the file to the newest version, one number at a time, each after a backup of what there was. */
export function migrate(db: Database, version: number, migrations: readonly Migration[], backups: Backups): void {
  for (const migration of migrations.filter(({ id }) => id > version)) {
    // a file that was made just now holds nothing to keep
    if (version > 0) backUp(db, migration.id - 1, backups);
    apply(db, migration);
  }
}

function backUp(db: Database, version: number, { folder, clock }: Backups): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  const copy = join(folder, `${basename(db.name, '.db')}-v${version}-${stamp}.db`);
  const draft = `${copy}.draft`;
  rmSync(draft, { force: true });
  db.prepare('VACUUM INTO ?').run(draft);
  renameSync(draft, copy);
}

function apply(db: Database, migration: Migration): void {
  db.transaction(() => {
    db.exec(migration.sql);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${migration.id}`);
  })();
}
