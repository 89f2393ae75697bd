import type { Migration } from '../migrate.ts';

/**
 * Of a sweep its run in tracking and what its step depended on when it began; of a trial its run, what it was begun with, and its end:
 * enough to find it again after the daemon's death, and to run none twice.
 */
export const trials: Migration = {
  id: 20,
  name: 'trials',
  sql: `
    ALTER TABLE sweeps ADD COLUMN run_id TEXT;
    CREATE TABLE tried_sweeps (
      sweep_id TEXT PRIMARY KEY,
      run_id TEXT NOT NULL,
      snapshot TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE trials (
      trial_id TEXT PRIMARY KEY,
      sweep_id TEXT NOT NULL,
      run_id TEXT NOT NULL,
      state TEXT NOT NULL,
      begun TEXT,
      outcome TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX trials_of_sweep ON trials (sweep_id);
  `,
};
