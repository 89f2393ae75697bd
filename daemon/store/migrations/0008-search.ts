import type { Migration } from '../migrate.ts';

/**
 * Runs lie in the order in which lists show them, one experiment's and all, and the indexes hold what decides who is in a
 * list: a page is read without touching other runs. How many runs an experiment has is kept, not counted. Whatever moves or
 * removes a run keeps both right by itself.
 */
export const search: Migration = {
  id: 8,
  name: 'search',
  sql: `
    DROP INDEX runs_newest;
    DROP INDEX runs_of_experiment;
    CREATE INDEX runs_newest ON runs (started_at DESC, run_id, experiment_id, deleted_at);
    CREATE INDEX runs_of_experiment ON runs (experiment_id, started_at DESC, run_id, deleted_at);

    ALTER TABLE experiments ADD COLUMN active_runs INTEGER NOT NULL DEFAULT 0;
    UPDATE experiments SET active_runs = (
      SELECT count(*) FROM runs WHERE runs.experiment_id = experiments.experiment_id AND deleted_at IS NULL
    );
    CREATE TRIGGER run_added AFTER INSERT ON runs WHEN NEW.deleted_at IS NULL BEGIN
      UPDATE experiments SET active_runs = active_runs + 1 WHERE experiment_id = NEW.experiment_id;
    END;
    CREATE TRIGGER run_changed AFTER UPDATE OF deleted_at, experiment_id ON runs BEGIN
      UPDATE experiments SET active_runs = active_runs - (OLD.deleted_at IS NULL) WHERE experiment_id = OLD.experiment_id;
      UPDATE experiments SET active_runs = active_runs + (NEW.deleted_at IS NULL) WHERE experiment_id = NEW.experiment_id;
    END;
    CREATE TRIGGER run_moved AFTER UPDATE OF experiment_id ON runs WHEN OLD.experiment_id <> NEW.experiment_id BEGIN
      UPDATE series SET experiment_id = NEW.experiment_id WHERE run_no = NEW.run_no;
    END;
    CREATE TRIGGER run_removed AFTER DELETE ON runs WHEN OLD.deleted_at IS NULL BEGIN
      UPDATE experiments SET active_runs = active_runs - 1 WHERE experiment_id = OLD.experiment_id;
    END;
  `,
};
