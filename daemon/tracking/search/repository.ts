import type { Condition, Order } from '../../../schemas/search/index.ts';
import type { Db, Sql, Store } from '../../store/index.ts';
import { allOf, sql } from '../../store/index.ts';
import { standsBelow } from '../family/repository.ts';
import type { GroupQuery, Lifecycle, RunGroup } from '../records.ts';
import { holds, valueHolds } from './conditions/repository.ts';
import type { Term } from './orders/repository.ts';
import { termsOf } from './orders/repository.ts';
import type { Moment } from './page-token.ts';

/**
 * What a list is read from. In a list by a metric those runs come first that have a number, then those with NaN, then those
 * without it: each is a source of its own, and the first is read in order from the index of values.
 */
export type Source = { of: 'runs' } | { of: 'numbers' | 'nan' | 'missing'; metric: string };

/**
 * How: `merged`, each experiment in its order; `walked`, all runs by time, leaving out those of other experiments; `sorted`, all
 * of them, whatever the order.
 */
export type Reading = 'merged' | 'walked' | 'sorted';

export interface Selection {
  source: Source;
  reading: Reading;
  /** all when missing */
  experimentNos: readonly number[] | undefined;
  which: Lifecycle;
  /** the runs that they stand below; null for those that stand below no other; undefined for all */
  parents: readonly string[] | null | undefined;
  conditions: readonly Condition[];
  orders: readonly Order[];
  after: Moment | undefined;
}

export interface Range {
  limit: number;
  offset: number;
}

const LIFECYCLE: Record<Lifecycle, string> = {
  active: 'r.deleted_at IS NULL',
  deleted: 'r.deleted_at IS NOT NULL',
  all: 'TRUE',
};

/** Finds the numbers of runs; what they are is read by others. */
export class RunSearchRepository {
  private readonly db: Db;
  private readonly store: Store;
  private readonly greatestNo;
  private readonly everyExperiment;
  private readonly timeOf;

  constructor(store: Store) {
    this.store = store;
    this.db = store.db;
    this.greatestNo = this.db.prepare<[], number | null>('SELECT max(run_no) FROM runs').pluck();
    this.everyExperiment = this.db.prepare<[], number>('SELECT experiment_id FROM experiments').pluck();
    this.timeOf = this.db.prepare<[number], Moment>('SELECT started_at, run_id FROM runs WHERE run_no = ?');
  }

  find(selection: Selection, range: Range): number[] {
    const { text, values } = statement(selection, range);
    return this.db
      .prepare<unknown[], number>(text)
      .pluck()
      .all(...values);
  }

  /** The same on a thread of its own; its rows come as one text. */
  async findLong(selection: Selection, range: Range): Promise<number[]> {
    const { text, values } = statement(selection, range);
    const [row] = await this.store.readLong<{ found: string }>(
      `SELECT json_group_array(run_no) AS found FROM (${text})`,
      ...values,
    );
    return JSON.parse(row?.found ?? '[]');
  }

  async count(selection: Selection): Promise<number> {
    const { text, values } = statement(selection, { limit: -1, offset: 0 });
    const [row] = await this.store.readLong<{ total: number }>(`SELECT count(*) AS total FROM (${text})`, ...values);
    return row?.total ?? 0;
  }

  groups(selection: Selection, { kind, key }: GroupQuery['by'], limit: number): Promise<RunGroup[]> {
    const { text, values } = statement(selection, { limit: -1, offset: 0 });
    return this.store.readLong<RunGroup>(
      `SELECT x.value AS value, count(*) AS runs FROM (${text}) found
       LEFT JOIN ${kind === 'param' ? 'params' : 'tags'} x ON x.run_no = found.run_no AND x.key = ?
       GROUP BY x.value ORDER BY x.value IS NULL, count(*) DESC, x.value LIMIT ?`,
      ...values,
      key,
      limit,
    );
  }

  /** At least as many as there are runs. */
  runsAtMost(): number {
    return this.greatestNo.get() ?? 0;
  }

  experimentNos(): number[] {
    return this.everyExperiment.all();
  }

  momentOf(runNo: number): Moment | undefined {
    return this.timeOf.get(runNo);
  }
}

function statement(selection: Selection, { limit, offset }: Range): Sql {
  const { reading, experimentNos = [] } = selection;
  const terms = selectionTerms(selection);
  const arms =
    reading === 'merged'
      ? experimentNos.map((experiment) => arm(selection, terms, [isOf(experiment, selection)]))
      : [arm(selection, terms, amongExperiments(selection))];
  const order = terms
    .map(({ descending, mayLack }, index) => `o${index} ${descending ? 'DESC' : 'ASC'}${mayLack ? ' NULLS LAST' : ''}`)
    .join(', ');
  const text = `${arms.map((one) => one.text).join(' UNION ALL ')} ORDER BY ${order} LIMIT ? OFFSET ?`;
  return sql(text, ...arms.flatMap(({ values }) => values), limit, offset);
}

function arm(selection: Selection, terms: readonly Term[], experiments: readonly Sql[]): Sql {
  const { source, which, after } = selection;
  const where = allOf([
    ...experiments,
    sql(LIFECYCLE[which]),
    ...sourceHolds(source),
    ...(after ? [isBehind(after)] : []),
    ...(selection.parents === undefined ? [] : [standsBelow(selection.parents)]),
    ...selection.conditions.map((condition) => {
      return isOnSeries(condition, source) ? valueHolds('s.value', condition) : holds(condition);
    }),
  ]);
  const columns = terms.map(({ value }, index) => `${value.text} AS o${index}`).join(', ');
  const from = isSeries(source) ? 'series s CROSS JOIN runs r ON r.run_no = s.run_no' : 'runs r';
  const text = `SELECT r.run_no, ${columns} FROM ${from} WHERE ${where.text}`;
  return sql(text, ...terms.flatMap(({ value }) => value.values), ...where.values);
}

/** Of the first order, only the source of numbers still has something to decide. */
function selectionTerms({ source, orders }: Selection): Term[] {
  const [first, ...others] = orders;
  if (source.of === 'runs' || first === undefined) return termsOf(orders);
  const rest = termsOf(others);
  return source.of === 'numbers' ? [{ value: sql('s.value'), descending: first.descending }, ...rest] : rest;
}

function isSeries(source: Source): boolean {
  return source.of === 'numbers' || source.of === 'nan';
}

function sourceHolds(source: Source): Sql[] {
  if (source.of === 'runs') return [];
  // words are greater than numbers
  if (source.of === 'numbers') return [sql("s.key = ? AND s.value < ''", source.metric)];
  if (source.of === 'nan') return [sql("s.key = ? AND s.value = 'NaN'", source.metric)];
  return [sql('NOT EXISTS (SELECT 1 FROM series x WHERE x.run_no = r.run_no AND x.key = ?)', source.metric)];
}

function isOnSeries({ kind, key }: Condition, source: Source): boolean {
  return isSeries(source) && source.of !== 'runs' && kind === 'metric' && key === source.metric;
}

function isOf(experimentNo: number, { source, parents }: Selection): Sql {
  if (isSeries(source)) return sql('s.experiment_id = ?', experimentNo);
  // the plus has SQLite start at the few that stand below the parents
  return sql(`${parents ? '+' : ''}r.experiment_id = ?`, experimentNo);
}

function amongExperiments({ experimentNos, reading }: Selection): Sql[] {
  if (experimentNos === undefined) return [];
  // the plus keeps SQLite from reading experiment by experiment, which would not be in the order of times
  const column = reading === 'walked' ? '+r.experiment_id' : 'r.experiment_id';
  return [sql(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(experimentNos))];
}

function isBehind({ started_at, run_id }: Moment): Sql {
  return sql('r.started_at <= ? AND (r.started_at < ? OR r.run_id > ?)', started_at, started_at, run_id);
}
