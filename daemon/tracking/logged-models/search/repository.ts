import type { Condition } from '../../../../schemas/search/index.ts';
import type { Db } from '../../../store/index.ts';
import type { Sql } from '../../search/sql.ts';
import { allOf, anyOf, comparison, sql } from '../../search/sql.ts';
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

/** One statement a search: conditions and orders that touch params, tags and metrics look each of them up by its key. */
export class LoggedModelSearch {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  find({ experimentNos, conditions, datasets, orders, limit, offset }: LoggedModelRowQuery): LoggedModelRow[] {
    const where = allOf([
      sql('m.deleted_at IS NULL'),
      sql('m.experiment_id IN (SELECT value FROM json_each(?))', JSON.stringify(experimentNos)),
      ...conditions.map((condition) => holds(condition, datasets)),
      ...(conditions.some(({ kind }) => kind === 'metric') ? [] : measuredOn(datasets)),
    ]);
    const order = [...orders.map(orderBy), sql('m.created_at DESC'), sql('m.model_id')];
    const text = `SELECT m.* FROM logged_models m WHERE ${where.text} ORDER BY ${order.map((by) => by.text).join()} LIMIT ? OFFSET ?`;
    const values = [...where.values, ...order.flatMap((by) => by.values), limit, offset];
    return this.db.prepare<unknown[], LoggedModelRow>(text).all(...values);
  }
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
  const { text, values } = comparison('x.value', condition);
  const isNumber = condition.op === '!=' ? '' : "AND typeof(x.value) <> 'text'";
  const measured = datasets.length === 0 ? sql('TRUE') : anyOf(datasets.map(isOn));
  return sql(
    `EXISTS (SELECT 1 FROM logged_model_metrics x WHERE x.logged_model_no = m.logged_model_no AND x.key = ? AND ${text}
     ${isNumber} AND ${measured.text})`,
    condition.key,
    ...values,
    ...measured.values,
  );
}

function measuredOn(datasets: readonly DatasetFilter[]): Sql[] {
  if (datasets.length === 0) return [];
  const { text, values } = anyOf(datasets.map(isOn));
  return [
    sql(
      `EXISTS (SELECT 1 FROM logged_model_metrics x WHERE x.logged_model_no = m.logged_model_no AND ${text})`,
      ...values,
    ),
  ];
}

function isOn({ name, digest }: { name?: string; digest?: string }): Sql {
  return allOf([
    ...(name === undefined ? [] : [sql('x.dataset_name = ?', name)]),
    ...(digest === undefined ? [] : [sql('x.dataset_digest = ?', digest)]),
  ]);
}

/** Models without a value come last, before them those with NaN. */
function orderBy(order: LoggedModelOrder): Sql {
  const direction = order.descending ? 'DESC' : 'ASC';
  if (order.kind === 'attribute') return sql(`${COLUMNS[order.key] ?? 'NULL'} ${direction}`);
  const { text, values } = isOn(order.dataset);
  const newest = `(SELECT x.value FROM logged_model_metrics x WHERE x.logged_model_no = m.logged_model_no AND x.key = ? AND ${text}
    ORDER BY x.timestamp DESC, x.step DESC LIMIT 1)`;
  const rank = `CASE typeof(${newest}) WHEN 'null' THEN 2 WHEN 'text' THEN 1 ELSE 0 END`;
  const lookup = [order.key, ...values];
  return sql(`${rank}, ${newest} ${direction}`, ...lookup, ...lookup);
}
