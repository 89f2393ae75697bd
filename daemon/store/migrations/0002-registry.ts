import type { Migration } from '../migrate.ts';

/** Files of a version lie in `.crisol/models/<folder>/<version>`; `files` remembers their sizes and sha256. */
export const registry: Migration = {
  id: 2,
  name: 'registry',
  sql: `
    CREATE TABLE models (
      model_no INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      folder TEXT NOT NULL UNIQUE,
      description TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      -- counts up only, so that a number is never given twice
      newest_version INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE model_versions (
      model_no INTEGER NOT NULL REFERENCES models,
      version INTEGER NOT NULL,
      stage TEXT NOT NULL CHECK (stage IN ('development', 'staging', 'production', 'archived')),
      created_at INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      description TEXT NOT NULL,
      run_id TEXT,
      metrics TEXT NOT NULL,
      files TEXT NOT NULL,
      PRIMARY KEY (model_no, version)
    ) STRICT, WITHOUT ROWID;
    -- at most one version stands in staging, and one in production
    CREATE UNIQUE INDEX one_version_a_stage ON model_versions (model_no, stage) WHERE stage IN ('staging', 'production');

    CREATE TABLE stage_changes (
      change_no INTEGER PRIMARY KEY AUTOINCREMENT,
      model_no INTEGER NOT NULL REFERENCES models,
      version INTEGER NOT NULL,
      from_stage TEXT NOT NULL,
      to_stage TEXT NOT NULL,
      reason TEXT NOT NULL,
      changed_by TEXT NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX changes_of_model ON stage_changes (model_no, change_no);
  `,
};
