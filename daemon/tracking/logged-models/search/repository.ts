import type { Condition } from '../../../../schemas/search/index.ts';
import type { Db, Sql } from '../../../store/index.ts';
import { allOf, comparison, sql } from '../../../store/index.ts';
import type { DatasetFilter, LoggedModelOrder, LoggedModelQuery } from '../records.ts';
import type { LoggedModelRow } from '../repository.ts';

export interface LoggedModelRowQuery extends LoggedModelQuery {
  experimentNos: readonly number[];
}

const COLUMNS: Record<string, string> = {
  name: 'm.name',
  model_id: 'm.model_id',
  model_type: 'm.model_type',
  status: 'm.status',
  source_run_id: 'm.source_run_id',
  experiment_id: 'CAST(m.experiment_id AS TEXT)',
  creation_timestamp: 'm.created_at',
  last_updated_timestamp: 'm.updated_at',
};

/** Conditions and orders that touch params, tags and metrics look each of them up by its key. */
export class LoggedModelSearch {
  private readonly db: Db;
  private readonly byNo;

  constructor(db: Db) {
    this.db = db;
    this.byNo = db.prepare<[number], LoggedModelRow>('SELECT * FROM logged_models WHERE logged_model_no = ?');
  }

  find(query: LoggedModelRowQuery): LoggedModelRow[] {
    const found = this.numbers(query).map((modelNo) => this.byNo.get(modelNo));
    return found.filter((row) => row !== undefined);
  }

  private numbers({ experimentNos, conditions, datasets, orders, limit, offset }: LoggedModelRowQuery): number[] {
    const where = allOf([
      sql('m.deleted_at IS NULL'),
      ofExperiments(experimentNos, conditions),
      ...conditions.map((condition) => holds(condition, datasets)),
      ...(conditions.some(({ kind }) => kind === 'metric') ? [] : measuredOn(datasets)),
    ]);
    const keys = orders.map(keyOf);
    const columns = [
      'm.logged_model_no',
      'm.created_at',
      'm.model_id',
      ...keys.map(({ text }, at) => `${text} AS key${at}`),
    ];
    // a key is looked up once a model, not once a comparison; without keys the index has the order
    const kind = keys.length > 0 ? 'MATERIALIZED' : 'NOT MATERIALIZED';
    const text = `WITH found AS ${kind} (SELECT ${columns.join()} FROM logged_models m WHERE ${where.text})
      SELECT logged_model_no FROM found ORDER BY ${[...orders.map(sorting), 'created_at DESC', 'model_id'].join()} LIMIT ? OFFSET ?`;
    const values = [...keys.flatMap((key) => key.values), ...where.values, limit, offset];
    return this.db
      .prepare<unknown[], number>(text)
      .pluck()
      .all(...values);
  }
}

/** Of one alone the index has the usual order; but a run has few models, which an index of its own finds (hence the plus). */
function ofExperiments(experimentNos: readonly number[], conditions: readonly Condition[]): Sql {
  const isOfRun = conditions.some(({ kind, key, op }) => kind === 'attribute' && key === 'source_run_id' && op === '=');
  if (isOfRun) return sql('+m.experiment_id IN (SELECT value FROM json_each(?))', JSON.stringify(experimentNos));
  if (experimentNos.length === 1) return sql('m.experiment_id = ?', experimentNos[0]);
  return sql('m.experiment_id IN (SELECT value FROM json_each(?))', JSON.stringify(experimentNos));
}

function holds(condition: Condition, datasets: readonly DatasetFilter[]): Sql {
  if (condition.kind === 'metric') return metricHolds(condition, datasets);
  if (condition.kind === 'attribute') return comparison(COLUMNS[condition.key] ?? 'NULL', condition);
  const table = condition.kind === 'tag' ? 'logged_model_tags' : 'logged_model_params';
  const { text, values } = comparison('x.value', condition);
  return sql(
    `EXISTS (SELECT 1 FROM ${table} x WHERE x.logged_model_no = m.logged_model_no AND x.key = ? AND ${text})`,
    condition.key,
    ...values,
  );
}

/** Any point of the metric will do, as MLflow has it. NaN is a word in the store, and equals nothing. */
function metricHolds(condition: Condition, datasets: readonly DatasetFilter[]): Sql {
  const isNumber = condition.op === '!=' ? sql('TRUE') : sql("typeof(x.value) <> 'text'");
  const parts = [sql('x.key = ?', condition.key), comparison('x.value', condition), isNumber, ...onAny(datasets)];
  return hasMetric(allOf(parts));
}

function measuredOn(datasets: readonly DatasetFilter[]): Sql[] {
  return datasets.length === 0 ? [] : [hasMetric(allOf(onAny(datasets)))];
}

function hasMetric({ text, values }: Sql): Sql {
  return sql(
    `EXISTS (SELECT 1 FROM logged_model_metrics x WHERE x.logged_model_no = m.logged_model_no AND ${text})`,
    ...values,
  );
}

/** One value, however many datasets are named. */
function onAny(datasets: readonly DatasetFilter[]): Sql[] {
  if (datasets.length === 0) return [];
  const named = datasets.map(({ name, digest }) => [name, digest ?? null]);
  return [
    sql(
      `EXISTS (SELECT 1 FROM json_each(?) WHERE value ->> 0 = x.dataset_name
        AND coalesce(value ->> 1, x.dataset_digest) = x.dataset_digest)`,
      JSON.stringify(named),
    ),
  ];
}

function isOn({ name, digest }: { name?: string; digest?: string }): Sql {
  return allOf([
    ...(name === undefined ? [] : [sql('x.dataset_name = ?', name)]),
    ...(digest === undefined ? [] : [sql('x.dataset_digest = ?', digest)]),
  ]);
}

function keyOf(order: LoggedModelOrder): Sql {
  if (order.kind === 'attribute') return sql(COLUMNS[order.key] ?? 'NULL');
  const { text, values } = isOn(order.dataset);
  return sql(
    `(SELECT x.value FROM logged_model_metrics x WHERE x.logged_model_no = m.logged_model_no AND x.key = ? AND ${text}
      ORDER BY x.timestamp DESC, x.step DESC LIMIT 1)`,
    order.key,
    ...values,
  );
}

/** Models without a value come last, before them those with NaN. */
function sorting({ kind, descending }: LoggedModelOrder, at: number): string {
  const byValue = `key${at} ${descending ? 'DESC' : 'ASC'}`;
  return kind === 'attribute' ? byValue : `key${at} IS NULL, typeof(key${at}) = 'text', ${byValue}`;
}
