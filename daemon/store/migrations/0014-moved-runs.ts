import type { Migration } from '../migrate.ts';

/**
 * A run that moved to another experiment keeps its artifacts where they are: scripts, models and registered versions know them
 * by that place. Its home is the experiment in which it was made, while that is another one.
 */
export const movedRuns: Migration = {
  id: 14,
  name: 'moved-runs',
  sql: `
    ALTER TABLE runs ADD COLUMN home_experiment_id INTEGER REFERENCES experiments;
    CREATE INDEX runs_away ON runs (home_experiment_id) WHERE home_experiment_id IS NOT NULL;
  `,
};
