import type { Migration } from '../migrate.ts';

/** What the daemon goes on with by itself bears its seal; what was kept before has none, and is not gone on with. */
export const seals: Migration = {
  id: 5,
  name: 'seals',
  sql: `
    ALTER TABLE pipeline_runs ADD COLUMN seal TEXT NOT NULL DEFAULT '';
    ALTER TABLE endpoints ADD COLUMN seal TEXT NOT NULL DEFAULT '';
  `,
};
