import type { Db } from '../../store/index.ts';

/** What the newest runs have stands for all of them: there may be a hundred thousand. */
const LOOKED_AT = 500;
const MOST_KEYS = 1000;
const MOST_VALUES = 100;
/** Longer ones nobody types. */
const LONGEST_VALUE = 200;

const NEWEST = `SELECT run_no FROM runs WHERE experiment_id = ? AND deleted_at IS NULL
  ORDER BY started_at DESC, run_id LIMIT ${LOOKED_AT}`;

export type FacetTable = 'params' | 'tags';

export class FacetRepository {
  private readonly metricKeys;
  private readonly keysOf;
  private readonly valuesOf;

  constructor(db: Db) {
    // from one key to the next in the index of values: most of its rows are never looked at
    this.metricKeys = db
      .prepare<[number, number], string>(
        `WITH RECURSIVE known (key) AS (
           SELECT min(key) FROM series WHERE experiment_id = ?
           UNION ALL
           SELECT (SELECT min(key) FROM series WHERE experiment_id = ? AND key > known.key) FROM known
           WHERE known.key IS NOT NULL LIMIT ${MOST_KEYS}
         ) SELECT key FROM known WHERE key IS NOT NULL`,
      )
      .pluck();
    const each = <T>(make: (table: FacetTable) => T) => ({ params: make('params'), tags: make('tags') });
    this.keysOf = each((table) =>
      db
        .prepare<[number], string>(
          `SELECT DISTINCT key FROM ${table} WHERE run_no IN (${NEWEST}) ORDER BY key LIMIT ${MOST_KEYS}`,
        )
        .pluck(),
    );
    this.valuesOf = each((table) =>
      db
        .prepare<[string, number], string>(
          `SELECT value FROM ${table} WHERE key = ? AND run_no IN (${NEWEST}) AND length(value) <= ${LONGEST_VALUE}
           GROUP BY value ORDER BY count(*) DESC, value LIMIT ${MOST_VALUES}`,
        )
        .pluck(),
    );
  }

  metrics(experimentNo: number): string[] {
    return this.metricKeys.all(experimentNo, experimentNo);
  }

  keys(table: FacetTable, experimentNo: number): string[] {
    return this.keysOf[table].all(experimentNo);
  }

  values(table: FacetTable, experimentNo: number, key: string): string[] {
    return this.valuesOf[table].all(key, experimentNo);
  }
}
