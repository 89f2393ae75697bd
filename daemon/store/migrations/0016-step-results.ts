import type { Migration } from '../migrate.ts';

/** What steps gave, by the key of what it depended on. Contents of outs are found by their sha256 in `.crisol/cache`. */
export const stepResults: Migration = {
  id: 16,
  name: 'step-results',
  sql: `
    CREATE TABLE step_results (
      result_no INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      -- its name then, with the values of its matrix
      step TEXT NOT NULL,
      -- in tracking, which may have forgotten it
      run_id TEXT NOT NULL,
      recorded_at INTEGER NOT NULL,
      used_at INTEGER NOT NULL,
      seconds REAL,
      parts TEXT NOT NULL,
      outs TEXT NOT NULL,
      metrics TEXT NOT NULL
    ) STRICT;
    CREATE INDEX step_results_by_key ON step_results (key);
    CREATE INDEX step_results_by_step ON step_results (step, result_no);
    -- what each step gave last, or was given from an earlier one
    CREATE TABLE current_results (
      step TEXT PRIMARY KEY,
      result_no INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
