import type { Database } from 'better-sqlite3';
import type { Patience } from '../base/patience.ts';

/**
 * SQLite itself cannot be stopped: `in_time()` is true, or ends the statement that asks. It knows the small letters of English
 * alone: `lowered()` knows all.
 */
export function addSearchFunctions(db: Database, patience: Patience): void {
  db.function('in_time', () => {
    patience.check();
    return 1;
  });
  db.function('lowered', { deterministic: true }, (value: unknown) => {
    return typeof value === 'string' ? value.toLowerCase() : value;
  });
}
