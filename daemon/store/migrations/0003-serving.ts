import type { Migration } from '../migrate.ts';

/** What outlives the daemon of an endpoint: its address, its token, and whether it is to run. */
export const serving: Migration = {
  id: 3,
  name: 'serving',
  sql: `
    CREATE TABLE endpoints (
      name TEXT PRIMARY KEY,
      model_ref TEXT NOT NULL,
      port INTEGER NOT NULL,
      token TEXT NOT NULL,
      running INTEGER NOT NULL CHECK (running IN (0, 1))
    ) STRICT, WITHOUT ROWID;
  `,
};
