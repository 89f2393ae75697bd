import type { Migration } from '../migrate.ts';

/**
 * A row a step, so that a change of one of a thousand writes one. `state` is the StepRun as it goes over the wire, `begun` what is
 * needed to go on with it after the daemon's death, `metrics` what it logged. Of the run, `cancelled` says that somebody asked.
 */
export const pipelineSteps: Migration = {
  id: 19,
  name: 'pipeline-steps',
  sql: `
    CREATE TABLE pipeline_steps (
      run_id TEXT NOT NULL,
      place INTEGER NOT NULL,
      state TEXT NOT NULL,
      begun TEXT,
      metrics TEXT NOT NULL,
      PRIMARY KEY (run_id, place)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO pipeline_steps (run_id, place, state, metrics)
      SELECT run_id, steps.key, steps.value, '{}' FROM pipeline_runs, json_each(pipeline_runs.state, '$.steps') AS steps;
    UPDATE pipeline_runs SET state = json_remove(state, '$.steps');
    ALTER TABLE pipeline_runs ADD COLUMN cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1));
  `,
};
