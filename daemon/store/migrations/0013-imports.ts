import type { Migration } from '../migrate.ts';

/** Runs and logged models that were brought from another store: one that is not complete is gone on with. */
export const imports: Migration = {
  id: 13,
  name: 'imports',
  sql: `
    CREATE TABLE imports (
      id TEXT PRIMARY KEY,
      complete INTEGER NOT NULL CHECK (complete IN (0, 1))
    ) STRICT, WITHOUT ROWID;
  `,
};
