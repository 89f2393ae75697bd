import Database from 'better-sqlite3';

/** Another program's database, for reading alone; its owner may be writing to it. */
export function openForeign(file: string, { patienceMs = 10_000 } = {}): Database.Database {
  return new Database(file, { readonly: true, fileMustExist: true, timeout: patienceMs });
}
