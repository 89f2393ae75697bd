import Database from 'better-sqlite3';
import type { Disposable } from '../base/disposables.ts';
import { CrisolError } from '../base/errors.ts';

/**
 * One daemon a workspace. The lock is SQLite's own on a file of its own: the operating system gives it back when its holder
 * dies, however it dies, so that no stale lock can remain, and it works alike on every platform.
 */
export function lockWorkspace(file: string): Disposable {
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    if (isBusy(cause)) {
      throw new CrisolError('DAEMON_ALREADY_RUNNING', 'Another daemon has this workspace.', { cause });
    }
    throw new CrisolError('STORE_READ_ONLY', `${file} cannot be locked.`, { cause });
  }
  return { dispose: () => void db.close() };
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'SQLITE_BUSY';
}
