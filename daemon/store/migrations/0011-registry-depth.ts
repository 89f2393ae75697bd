import type { Migration } from '../migrate.ts';

/**
 * Versions that scripts register have their files elsewhere: `source` is what the script made them from, `location` where
 * they are loaded from (NULL: they are our own copy in `.crisol/models`). Several versions may stand in one stage. What is
 * deleted while somebody serves it keeps its files until they can go: `discarded_files`.
 */
export const registryDepth: Migration = {
  id: 11,
  name: 'registry-depth',
  sql: `
    DROP INDEX one_version_a_stage;

    ALTER TABLE model_versions ADD COLUMN updated_at INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE model_versions ADD COLUMN source TEXT;
    ALTER TABLE model_versions ADD COLUMN location TEXT;
    ALTER TABLE model_versions ADD COLUMN model_id TEXT;
    ALTER TABLE model_versions ADD COLUMN run_link TEXT NOT NULL DEFAULT '';
    UPDATE model_versions SET updated_at = max(created_at, coalesce((
      SELECT max(changed_at) FROM stage_changes
      WHERE stage_changes.model_no = model_versions.model_no AND stage_changes.version = model_versions.version
    ), 0));

    CREATE TABLE model_tags (
      model_no INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (model_no, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE version_tags (
      model_no INTEGER NOT NULL,
      version INTEGER NOT NULL,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (model_no, version, key),
      FOREIGN KEY (model_no, version) REFERENCES model_versions ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE model_aliases (
      model_no INTEGER NOT NULL,
      alias TEXT NOT NULL,
      version INTEGER NOT NULL,
      PRIMARY KEY (model_no, alias),
      FOREIGN KEY (model_no, version) REFERENCES model_versions ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX aliases_of_version ON model_aliases (model_no, version);

    CREATE TABLE discarded_files (
      -- below .crisol/models: the folder of the model, and the version
      folder TEXT NOT NULL,
      version INTEGER NOT NULL,
      -- what the model was called, as those who serve it know it
      model TEXT NOT NULL,
      PRIMARY KEY (folder, version)
    ) STRICT, WITHOUT ROWID;
  `,
};
