import type { Migration } from '../migrate.ts';

/**
 * Numbers (`run_no`, `series_no`) are the keys inside the store: a point then costs a few bytes, not a run's id and a
 * metric's name. Points lie in the order of their steps, so that a series is read in one sweep, and its key refuses exact
 * duplicates. `series` holds the newest value beside the number of points, so that lists of runs never touch points; long
 * series can be folded into packed chunks beside `points` without changing either table.
 *
 * A value is a number or the word NaN, which SQLite's reals do not have.
 */
export const tracking: Migration = {
  id: 1,
  name: 'tracking',
  sql: `
    CREATE TABLE experiments (
      experiment_id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      artifact_location TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    INSERT INTO experiments (experiment_id, name, created_at, updated_at)
      VALUES (0, 'Default', unixepoch() * 1000, unixepoch() * 1000);

    CREATE TABLE experiment_tags (
      experiment_id INTEGER NOT NULL REFERENCES experiments,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (experiment_id, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE runs (
      run_no INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id TEXT NOT NULL UNIQUE,
      experiment_id INTEGER NOT NULL REFERENCES experiments,
      name TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'succeeded', 'failed', 'cancelled', 'skipped')),
      user TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX runs_newest ON runs (started_at, run_no);
    CREATE INDEX runs_of_experiment ON runs (experiment_id, started_at, run_no);

    CREATE TABLE params (
      run_no INTEGER NOT NULL REFERENCES runs,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (run_no, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tags (
      run_no INTEGER NOT NULL REFERENCES runs,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (run_no, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE series (
      series_no INTEGER PRIMARY KEY AUTOINCREMENT,
      run_no INTEGER NOT NULL REFERENCES runs,
      key TEXT NOT NULL,
      total INTEGER NOT NULL,
      step INTEGER NOT NULL,
      timestamp INTEGER NOT NULL,
      value ANY NOT NULL,
      UNIQUE (run_no, key)
    ) STRICT;

    CREATE TABLE points (
      series_no INTEGER NOT NULL,
      step INTEGER NOT NULL,
      timestamp INTEGER NOT NULL,
      value ANY NOT NULL,
      PRIMARY KEY (series_no, step, timestamp, value)
    ) STRICT, WITHOUT ROWID;
  `,
};
