import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { STATE_FILES, STATE_FOLDER } from '../../schemas/state-folder.ts';
import type { Disposable } from '../base/disposables.ts';
import { CrisolError } from '../base/errors.ts';

/**
 * One daemon a workspace. The lock is SQLite's own on a file of its own: the operating system gives it back when its holder
 * dies, however it dies, so that no stale lock can remain, and it works alike on every platform.
 */
export function lockWorkspace(file: string): Disposable {
  let db: Database.Database | undefined;
  try {
    db = new (sqlite())(file, { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db?.close();
    throw refusal(file, cause);
  }
  const held = db;
  return { dispose: () => void held.close() };
}

/** Whether a daemon has it, from its first moment to its last. */
export function isLocked(workspace: string): boolean {
  const file = join(workspace, STATE_FOLDER, STATE_FILES.lock);
  if (!existsSync(file)) return false;
  try {
    void lockWorkspace(file).dispose();
    return false;
  } catch (thrown) {
    return thrown instanceof CrisolError && thrown.code === 'DAEMON_ALREADY_RUNNING';
  }
}

/** Read when it is needed: the command line finds daemons with every call, and seldom locks. */
const sqlite = (): typeof Database => createRequire(import.meta.url)('better-sqlite3');

function refusal(file: string, cause: unknown): CrisolError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'SQLITE_BUSY') {
    return new CrisolError('DAEMON_ALREADY_RUNNING', 'Another daemon has this workspace.', { cause });
  }
  if (code === 'SQLITE_NOTADB') {
    const hint = 'Delete that file; it holds nothing.';
    return new CrisolError('STORE_CORRUPT', `${file} is damaged.`, { cause, hint });
  }
  if (code === 'SQLITE_FULL')
    return new CrisolError('STORE_DISK_FULL', `The disk is full: ${file} could not grow.`, { cause });
  return new CrisolError('STORE_READ_ONLY', `${file} cannot be locked.`, { cause });
}
