import type { Database } from 'better-sqlite3';
import type { Patience } from '../base/patience.ts';

/** SQLite itself cannot be stopped: `in_time()` is true, or ends the statement that asks. */
export function limitSearches(db: Database, patience: Patience): void {
  db.function('in_time', () => {
    patience.check();
    return 1;
  });
}
