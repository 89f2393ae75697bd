import type { Migration } from '../migrate.ts';

/**
 * What lists and searches ask of a series lies beside its newest value: its extremes and where they were first reached
 * (NULL while it has no number), and the experiment of its run, so that the best runs of an experiment are read in order
 * from an index, however many runs there are.
 */
export const series: Migration = {
  id: 6,
  name: 'series',
  sql: `
    ALTER TABLE series ADD COLUMN experiment_id INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE series ADD COLUMN least REAL;
    ALTER TABLE series ADD COLUMN least_step INTEGER;
    ALTER TABLE series ADD COLUMN greatest REAL;
    ALTER TABLE series ADD COLUMN greatest_step INTEGER;

    UPDATE series SET experiment_id = (SELECT experiment_id FROM runs WHERE runs.run_no = series.run_no);
    UPDATE series SET (least_step, least) = (
      SELECT step, value FROM points WHERE points.series_no = series.series_no AND typeof(value) <> 'text'
      ORDER BY value, step, timestamp LIMIT 1
    );
    UPDATE series SET (greatest_step, greatest) = (
      SELECT step, value FROM points WHERE points.series_no = series.series_no AND typeof(value) <> 'text'
      ORDER BY value DESC, step, timestamp LIMIT 1
    );

    CREATE INDEX series_by_value ON series (experiment_id, key, value, run_no);
    CREATE INDEX children_of_run ON tags (value, run_no) WHERE key = 'mlflow.parentRunId';
  `,
};
