import type { Migration } from '../migrate.ts';

/** `state` is the PipelineRun as it goes over the wire; `plan` holds its steps, for going on after the daemon's death. */
export const pipelines: Migration = {
  id: 4,
  name: 'pipelines',
  sql: `
    CREATE TABLE pipeline_runs (
      run_id TEXT PRIMARY KEY,
      started_at INTEGER NOT NULL,
      running INTEGER NOT NULL CHECK (running IN (0, 1)),
      state TEXT NOT NULL,
      plan TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pipeline_runs_newest ON pipeline_runs (started_at);
  `,
};
