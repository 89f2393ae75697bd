import { CrisolError } from '../base/errors.ts';

/** SQLite's result codes, as better-sqlite3 puts them on its errors, in words of the catalogue. */
export function asStoreError(thrown: unknown, file: string): unknown {
  const code = sqliteCode(thrown);
  if (code === undefined) return thrown;
  const cause = { cause: thrown };
  if (code === 'SQLITE_FULL')
    return new CrisolError('STORE_DISK_FULL', `The disk is full: ${file} could not grow.`, cause);
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code)) {
    return new CrisolError('STORE_READ_ONLY', `${file} cannot be written.`, cause);
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new CrisolError('STORE_CORRUPT', `${file} is damaged or is no Crisol store.`, cause);
  }
  if (/^SQLITE_IOERR_(SHORT_)?READ/.test(code)) {
    return new CrisolError('STORE_CORRUPT', `${file} could not be read (${code}).`, cause);
  }
  // a failing write to a full or vanished disk often surfaces as an I/O error
  if (code.startsWith('SQLITE_IOERR')) {
    return new CrisolError('STORE_DISK_FULL', `${file} could not be written (${code}).`, cause);
  }
  return thrown;
}

function sqliteCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  const { code } = thrown;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}

/** True for failures of the store itself, which mending the disk cures, as opposed to a wrong request. */
export function isStoreFailure(thrown: unknown): thrown is CrisolError {
  return thrown instanceof CrisolError && thrown.code.startsWith('STORE_');
}
