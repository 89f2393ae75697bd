import type { Migration } from '../migrate.ts';

/** A parent that is deleted, or in another experiment, has no place in the list for those below it. */
const STANDS_BELOW = `EXISTS (
  SELECT 1 FROM tags x CROSS JOIN runs p ON p.run_id = x.value
  WHERE x.run_no = runs.run_no AND x.key = 'mlflow.parentRunId'
    AND p.deleted_at IS NULL AND p.experiment_id = runs.experiment_id AND p.run_no <> runs.run_no)`;

const childrenOf = (run: 'NEW' | 'OLD') =>
  `UPDATE runs SET below = ${STANDS_BELOW}
     WHERE run_no IN (SELECT x.run_no FROM tags x WHERE x.key = 'mlflow.parentRunId' AND x.value = ${run}.run_id)`;

/**
 * Which runs stand below another, and how many of an experiment do, is kept as the number of its runs is: an experiment of a
 * few runs with thousands of steps and trials says "3 runs" at once. Whatever tags, moves or removes a run keeps both right.
 */
export const nestedRuns: Migration = {
  id: 21,
  name: 'nested-runs',
  sql: `
    ALTER TABLE runs ADD COLUMN below INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE experiments ADD COLUMN nested_runs INTEGER NOT NULL DEFAULT 0;
    UPDATE runs SET below = 1
      WHERE run_no IN (SELECT run_no FROM tags WHERE key = 'mlflow.parentRunId') AND ${STANDS_BELOW};
    UPDATE experiments SET nested_runs = (
      SELECT count(*) FROM runs r WHERE r.experiment_id = experiments.experiment_id AND r.deleted_at IS NULL AND r.below
    );

    CREATE TRIGGER parent_named AFTER INSERT ON tags WHEN NEW.key = 'mlflow.parentRunId' BEGIN
      UPDATE runs SET below = ${STANDS_BELOW} WHERE run_no = NEW.run_no;
    END;
    CREATE TRIGGER parent_forgotten AFTER DELETE ON tags WHEN OLD.key = 'mlflow.parentRunId' BEGIN
      UPDATE runs SET below = 0 WHERE run_no = OLD.run_no;
    END;
    CREATE TRIGGER parent_added AFTER INSERT ON runs BEGIN ${childrenOf('NEW')}; END;
    CREATE TRIGGER parent_changed AFTER UPDATE OF deleted_at, experiment_id ON runs BEGIN
      UPDATE experiments SET nested_runs = nested_runs - (OLD.below AND OLD.deleted_at IS NULL) WHERE experiment_id = OLD.experiment_id;
      UPDATE experiments SET nested_runs = nested_runs + (NEW.below AND NEW.deleted_at IS NULL) WHERE experiment_id = NEW.experiment_id;
      UPDATE runs SET below = ${STANDS_BELOW} WHERE run_no = NEW.run_no;
      ${childrenOf('NEW')};
    END;
    CREATE TRIGGER nested_changed AFTER UPDATE OF below ON runs WHEN OLD.below <> NEW.below AND NEW.deleted_at IS NULL BEGIN
      UPDATE experiments SET nested_runs = nested_runs + NEW.below - OLD.below WHERE experiment_id = NEW.experiment_id;
    END;
    CREATE TRIGGER nested_removed AFTER DELETE ON runs BEGIN
      UPDATE experiments SET nested_runs = nested_runs - (OLD.below AND OLD.deleted_at IS NULL) WHERE experiment_id = OLD.experiment_id;
      ${childrenOf('OLD')};
    END;
  `,
};
