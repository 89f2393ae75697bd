import type { Migration } from '../migrate.ts';

/**
 * Sweeps and their trials. A point of a trial is kept as soon as it is judged, with the rungs that the trial has come to, so
 * that whoever goes on judges as if nothing had happened.
 */
export const sweeps: Migration = {
  id: 18,
  name: 'sweeps',
  sql: `
    CREATE TABLE sweeps (
      sweep_no INTEGER PRIMARY KEY,
      sweep_id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      settings TEXT NOT NULL,
      seal TEXT NOT NULL,
      state TEXT NOT NULL,
      reason TEXT NOT NULL,
      min_resource INTEGER,
      started_at INTEGER NOT NULL,
      ended_at INTEGER
    ) STRICT;
    CREATE INDEX sweeps_running ON sweeps (sweep_no) WHERE ended_at IS NULL;

    CREATE TABLE sweep_trials (
      sweep_no INTEGER NOT NULL REFERENCES sweeps (sweep_no) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      point TEXT NOT NULL,
      state TEXT NOT NULL,
      value REAL,
      rungs TEXT NOT NULL,
      run_id TEXT,
      reason TEXT,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      PRIMARY KEY (sweep_no, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sweep_points (
      sweep_no INTEGER NOT NULL REFERENCES sweeps (sweep_no) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      step INTEGER NOT NULL,
      value REAL,
      PRIMARY KEY (sweep_no, number, step)
    ) STRICT, WITHOUT ROWID;
  `,
};
