import type { Migration } from '../migrate.ts';

/**
 * The tree of artifacts: a row for each file and each folder, under the path of the folder that it lies in, so that a list
 * is one sweep over rows that lie beside each other. A file's content is found by its sha256 in `.crisol/artifacts`.
 */
export const artifacts: Migration = {
  id: 9,
  name: 'artifacts',
  sql: `
    CREATE TABLE artifacts (
      -- empty at the top
      folder TEXT NOT NULL,
      name TEXT NOT NULL,
      -- NULL for a folder
      sha256 TEXT,
      bytes INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      PRIMARY KEY (folder, name)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX artifacts_of_content ON artifacts (sha256) WHERE sha256 IS NOT NULL;
  `,
};
