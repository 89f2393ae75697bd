import { TABLE_TEXT_LENGTH } from '../../../schemas/wire/run-table.ts';
import type { Sql, Store } from '../../store/index.ts';
import { sql } from '../../store/index.ts';
import { ALSO_TAG, FOLD_TAG } from '../metrics/open-runs.ts';
import type { Moment } from '../search/page-token.ts';

/** What each run has once: every column is a JSON list. */
export interface RunColumns {
  count: number;
  run_nos: string;
  run_ids: string;
  names: string;
  states: string;
  users: string;
  started_at: string;
  ended_at: string;
  last_run_id: string | null;
  last_started_at: number | null;
}

/** Of one key, for those runs that have it; `at` are their places among the runs. Lists are JSON. */
export interface KeyColumn {
  key: string;
  at: string;
  values: string;
}

export interface MetricColumns extends Omit<KeyColumn, 'values'> {
  last: string;
  step: string;
  long_count: number;
  long_at: string;
  least: string;
  least_step: string;
  greatest: string;
  greatest_step: string;
}

export interface DatasetColumns {
  at: string;
  name: string;
  digest: string;
  context: string;
}

const GREATEST = '1.7976931348623157e308';
/** A number, or the word that stands for it in JSON. */
function asJson(column: string): string {
  return `CASE WHEN ${column} BETWEEN -${GREATEST} AND ${GREATEST} THEN ${column} WHEN ${column} IS NULL THEN NULL
    WHEN ${column} = 'NaN' THEN 'NaN' WHEN ${column} > 0 THEN 'Infinity' ELSE '-Infinity' END`;
}

function list(value: string, name: string): string {
  return `json_group_array(${value}) AS ${name}`;
}

function longList(value: string, name: string): string {
  return `json_group_array(${value}) FILTER (WHERE s.total > 1) AS ${name}`;
}

/** Steps of pipelines and folds of steps are left out: what they log is told of the run above them, too. */
const ACTIVE = `experiment_id = ? AND deleted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM tags WHERE tags.run_no = runs.run_no AND tags.key IN ('${ALSO_TAG}', '${FOLD_TAG}'))`;
/** The runs of a page with their places in it: the plan starts there, and goes through each run's own rows. */
const RUNS = 'json_each(?) wanted CROSS JOIN';

const METRIC_COLUMNS = [
  list('wanted.key', 'at'),
  list(asJson('s.value'), 'last'),
  list('s.step', 'step'),
  'sum(s.total > 1) AS long_count',
  longList('wanted.key', 'long_at'),
  longList(asJson('s.least'), 'least'),
  longList('s.least_step', 'least_step'),
  longList(asJson('s.greatest'), 'greatest'),
  longList('s.greatest_step', 'greatest_step'),
].join(', ');

/** Reads runs column by column, in a sweep a table, on the thread for long reads: SQLite writes the JSON. */
export class RunTableRepository {
  private readonly store: Store;
  private readonly rootOf;

  constructor(store: Store) {
    this.store = store;
    this.rootOf = store.db
      .prepare<[number], string>(
        `SELECT coalesce(artifact_location, 'mlflow-artifacts:/' || experiment_id) FROM experiments
         WHERE experiment_id = ?`,
      )
      .pluck();
  }

  artifactRoot(experimentNo: number): string | undefined {
    return this.rootOf.get(experimentNo);
  }

  /** The newest that follow `after`. */
  page(experimentNo: number, after: Moment | undefined, limit: number): Promise<RunColumns> {
    const behind = after
      ? sql(' AND started_at <= ? AND (started_at < ? OR run_id > ?)', after.started_at, after.started_at, after.run_id)
      : sql('');
    return this.runs(
      sql(
        `SELECT * FROM runs WHERE ${ACTIVE}${behind.text} ORDER BY started_at DESC, run_id LIMIT ?`,
        experimentNo,
        ...behind.values,
        limit,
      ),
    );
  }

  /** Those of them that are there. */
  some(experimentNo: number, runIds: readonly string[]): Promise<RunColumns> {
    const wanted = 'run_id IN (SELECT value FROM json_each(?))';
    return this.runs(sql(`SELECT * FROM runs WHERE ${wanted} AND ${ACTIVE}`, JSON.stringify(runIds), experimentNo));
  }

  async keys(table: 'params' | 'tags', runNos: string): Promise<KeyColumn[]> {
    return this.store.readLong<KeyColumn>(
      `SELECT x.key AS key, ${list('wanted.key', 'at')},
         ${list(`substr(x.value, 1, ${TABLE_TEXT_LENGTH})`, '"values"')}
       FROM ${RUNS} ${table} x ON x.run_no = wanted.value GROUP BY x.key`,
      runNos,
    );
  }

  async metrics(runNos: string): Promise<MetricColumns[]> {
    return this.store.readLong<MetricColumns>(
      `SELECT s.key AS key, ${METRIC_COLUMNS} FROM ${RUNS} series s ON s.run_no = wanted.value GROUP BY s.key`,
      runNos,
    );
  }

  async datasets(runNos: string): Promise<DatasetColumns | undefined> {
    const [columns] = await this.store.readLong<DatasetColumns>(
      `SELECT ${list('wanted.key', 'at')}, ${list('d.name', 'name')}, ${list('d.digest', 'digest')},
         ${list('i.context', 'context')}
       FROM ${RUNS} dataset_inputs i ON i.run_no = wanted.value JOIN datasets d USING (dataset_no)`,
      runNos,
    );
    return columns;
  }

  private async runs({ text, values }: Sql): Promise<RunColumns> {
    const columns = [
      'count(*) AS count',
      list('run_no', 'run_nos'),
      list('run_id', 'run_ids'),
      list('name', 'names'),
      list('state', 'states'),
      list('user', 'users'),
      list('started_at', 'started_at'),
      list('ended_at', 'ended_at'),
      "json_group_array(run_id) ->> '$[#-1]' AS last_run_id",
      "json_group_array(started_at) ->> '$[#-1]' AS last_started_at",
    ];
    const [found] = await this.store.readLong<RunColumns>(`SELECT ${columns.join(', ')} FROM (${text})`, ...values);
    if (!found) throw new Error('an aggregate has a row');
    return found;
  }
}
