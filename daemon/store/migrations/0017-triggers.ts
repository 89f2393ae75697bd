import type { Migration } from '../migrate.ts';

/**
 * `seen`: the times of a schedule are dealt with up to then; `content`: what a dataset or a monitor was like. A firing is
 * named after its occasion, so that there is one for each, and says all that is needed to begin its run after our death.
 */
export const triggers: Migration = {
  id: 17,
  name: 'triggers',
  sql: `
    CREATE TABLE triggers (
      key TEXT PRIMARY KEY,
      seen INTEGER,
      content TEXT,
      paused_at INTEGER,
      seal TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE trigger_firings (
      id TEXT PRIMARY KEY,
      key TEXT NOT NULL,
      at INTEGER NOT NULL,
      state TEXT NOT NULL,
      told TEXT NOT NULL,
      wanted TEXT NOT NULL,
      seal TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX trigger_firings_newest ON trigger_firings (key, at);
    CREATE INDEX trigger_firings_open ON trigger_firings (state) WHERE state IN ('waiting', 'running');
    CREATE TABLE trigger_consent (seal TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
};
