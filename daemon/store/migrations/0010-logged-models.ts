import type { Migration } from '../migrate.ts';

/**
 * What runs take in and give out. A dataset is one per experiment, name and digest, however many runs read it; `context`
 * repeats one of its tags so that runs can be found by it. Models that runs log have params, tags and metrics of their own;
 * a link from a run to a model names it by its id, since scripts may link what is logged elsewhere.
 */
export const loggedModels: Migration = {
  id: 10,
  name: 'logged-models',
  sql: `
    CREATE TABLE datasets (
      dataset_no INTEGER PRIMARY KEY AUTOINCREMENT,
      experiment_id INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
      name TEXT NOT NULL,
      digest TEXT NOT NULL,
      source_type TEXT NOT NULL,
      source TEXT NOT NULL,
      schema TEXT,
      profile TEXT,
      UNIQUE (experiment_id, name, digest)
    ) STRICT;

    CREATE TABLE dataset_inputs (
      run_no INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
      dataset_no INTEGER NOT NULL REFERENCES datasets ON DELETE CASCADE,
      context TEXT,
      -- a JSON list of {key, value}
      tags TEXT NOT NULL,
      PRIMARY KEY (run_no, dataset_no)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX runs_of_dataset ON dataset_inputs (dataset_no, run_no);

    CREATE TABLE logged_models (
      logged_model_no INTEGER PRIMARY KEY AUTOINCREMENT,
      model_id TEXT NOT NULL UNIQUE,
      experiment_id INTEGER NOT NULL REFERENCES experiments ON DELETE CASCADE,
      name TEXT NOT NULL,
      model_type TEXT NOT NULL,
      source_run_id TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('pending', 'ready', 'failed', 'unknown')),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER
    ) STRICT;
    -- in the usual order of lists
    CREATE INDEX logged_models_of_experiment ON logged_models (experiment_id, created_at DESC, model_id);
    CREATE INDEX logged_models_of_run ON logged_models (source_run_id);

    CREATE TABLE logged_model_params (
      logged_model_no INTEGER NOT NULL REFERENCES logged_models ON DELETE CASCADE,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (logged_model_no, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE logged_model_tags (
      logged_model_no INTEGER NOT NULL REFERENCES logged_models ON DELETE CASCADE,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (logged_model_no, key)
    ) STRICT, WITHOUT ROWID;

    -- in this order, so that the newest point of a metric of a model is the last of its range
    CREATE TABLE logged_model_metrics (
      logged_model_no INTEGER NOT NULL REFERENCES logged_models ON DELETE CASCADE,
      key TEXT NOT NULL,
      timestamp INTEGER NOT NULL,
      step INTEGER NOT NULL,
      run_no INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
      dataset_name TEXT NOT NULL,
      dataset_digest TEXT NOT NULL,
      value ANY NOT NULL,
      PRIMARY KEY (logged_model_no, key, timestamp, step, run_no, dataset_name, dataset_digest, value)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX logged_model_metrics_of_run ON logged_model_metrics (run_no);

    CREATE TABLE model_links (
      link_no INTEGER PRIMARY KEY AUTOINCREMENT,
      run_no INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
      direction TEXT NOT NULL CHECK (direction IN ('input', 'output')),
      model_id TEXT NOT NULL,
      step INTEGER NOT NULL,
      UNIQUE (run_no, direction, model_id)
    ) STRICT;
  `,
};
