import type { Migration } from '../migrate.ts';

/**
 * Long series are folded: about a thousand points that follow one another in the order of `points` become one packed chunk,
 * and leave `points`. A chunk's summary lies in a table of its own, under the key of the chunk's last point, so that the
 * summaries of millions of points are read in one dense sweep. Numbers of chunks are never used twice: what was read under
 * one stays true for as long as it is there. `late` counts the rows that lie within a chunk's stretch and wait to be merged
 * with it; between `earliest` and `latest` lie the times of its points, so that most late points are seen to be new.
 */
export const metricChunks: Migration = {
  id: 7,
  name: 'metric-chunks',
  sql: `
    CREATE TABLE chunks (
      chunk_no INTEGER PRIMARY KEY AUTOINCREMENT,
      packed BLOB NOT NULL
    ) STRICT;

    CREATE TABLE chunk_summaries (
      series_no INTEGER NOT NULL,
      last_step INTEGER NOT NULL,
      last_timestamp INTEGER NOT NULL,
      last_value ANY NOT NULL,
      chunk_no INTEGER NOT NULL,
      earliest INTEGER NOT NULL,
      latest INTEGER NOT NULL,
      late INTEGER NOT NULL DEFAULT 0,
      summary BLOB NOT NULL,
      PRIMARY KEY (series_no, last_step, last_timestamp, last_value)
    ) STRICT, WITHOUT ROWID;
  `,
};
