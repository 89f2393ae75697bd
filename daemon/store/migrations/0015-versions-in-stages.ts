import type { Migration } from '../migrate.ts';

/**
 * The newest versions in a stage, when a version came to its own, and the one that was made at a certain time are found without
 * reading the others of the model.
 */
export const versionsInStages: Migration = {
  id: 15,
  name: 'versions-in-stages',
  sql: `
    CREATE INDEX versions_by_time ON model_versions (model_no, created_at);
    CREATE INDEX versions_in_stage ON model_versions (model_no, stage, version);
    CREATE INDEX changes_of_version ON stage_changes (model_no, version, changed_at);
  `,
};
