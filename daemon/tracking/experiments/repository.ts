import type { Condition, Order } from '../../../schemas/search/index.ts';
import type { Db, Sql } from '../../store/index.ts';
import { allOf, comparison, sql } from '../../store/index.ts';
import type { ExperimentQuery, KeyValue, Lifecycle } from '../records.ts';

export interface ExperimentRow {
  experiment_id: number;
  name: string;
  artifact_location: string | null;
  created_at: number;
  /** of the experiment itself */
  updated_at: number;
  deleted_at: number | null;
  run_count: number;
  /** of these, those that stand below no other */
  top_count: number;
  newest_run_at: number | null;
}

const SELECT = `
  SELECT e.*, e.active_runs AS run_count, e.active_runs - e.nested_runs AS top_count,
    (SELECT max(started_at) FROM runs r WHERE r.experiment_id = e.experiment_id) AS newest_run_at
  FROM experiments e`;

const LIFECYCLE: Record<Lifecycle, string> = {
  active: 'e.deleted_at IS NULL',
  deleted: 'e.deleted_at IS NOT NULL',
  all: 'TRUE',
};
/** What the search grammar's attributes are in the store. */
const ATTRIBUTES: Record<string, string> = {
  name: 'e.name',
  experiment_id: 'e.experiment_id',
  creation_time: 'e.created_at',
  last_update_time: 'max(e.updated_at, coalesce(newest_run_at, 0))',
};

export class ExperimentRepository {
  private readonly db: Db;
  private readonly insertOne;
  private readonly byId;
  private readonly byName;
  private readonly everyOne;
  private readonly setName;
  private readonly setDeletedAt;
  private readonly touchOne;
  private readonly tagsOf;
  private readonly putTag;
  private readonly removeTag;

  constructor(db: Db) {
    this.db = db;
    this.insertOne = db.prepare<[string, string | null, number, number]>(
      'INSERT INTO experiments (name, artifact_location, created_at, updated_at) VALUES (?, ?, ?, ?)',
    );
    this.byId = db.prepare<[number], ExperimentRow>(`${SELECT} WHERE e.experiment_id = ?`);
    this.byName = db.prepare<[string], ExperimentRow>(`${SELECT} WHERE e.name = ?`);
    this.everyOne = db.prepare<[], ExperimentRow>(`${SELECT} ORDER BY e.experiment_id DESC`);
    this.setName = db.prepare<[string, number, number]>(
      'UPDATE experiments SET name = ?, updated_at = ? WHERE experiment_id = ?',
    );
    this.setDeletedAt = db.prepare<[number | null, number, number]>(
      'UPDATE experiments SET deleted_at = ?, updated_at = ? WHERE experiment_id = ?',
    );
    this.touchOne = db.prepare<[number, number]>('UPDATE experiments SET updated_at = ? WHERE experiment_id = ?');
    this.tagsOf = db.prepare<[number], KeyValue>(
      'SELECT key, value FROM experiment_tags WHERE experiment_id = ? ORDER BY key',
    );
    this.putTag = db.prepare<[number, string, string]>('INSERT OR REPLACE INTO experiment_tags VALUES (?, ?, ?)');
    this.removeTag = db.prepare<[number, string]>('DELETE FROM experiment_tags WHERE experiment_id = ? AND key = ?');
  }

  insert(name: string, artifactLocation: string | null, at: number): number {
    return Number(this.insertOne.run(name, artifactLocation, at, at).lastInsertRowid);
  }

  find(experimentNo: number): ExperimentRow | undefined {
    return this.byId.get(experimentNo);
  }

  findByName(name: string): ExperimentRow | undefined {
    return this.byName.get(name);
  }

  /** newest first */
  all(): ExperimentRow[] {
    return this.everyOne.all();
  }

  search({ which = 'active', conditions, orders, limit, offset }: ExperimentQuery): ExperimentRow[] {
    const where = allOf([sql(LIFECYCLE[which]), ...conditions.map(holds)]);
    const order = [...orders.map(orderBy), 'e.experiment_id DESC'].join(', ');
    const text = `${SELECT} WHERE ${where.text} ORDER BY ${order} LIMIT ? OFFSET ?`;
    return this.db.prepare<unknown[], ExperimentRow>(text).all(...where.values, limit, offset);
  }

  rename(experimentNo: number, name: string, at: number): void {
    this.setName.run(name, at, experimentNo);
  }

  setDeleted(experimentNo: number, deletedAt: number | null, at: number): void {
    this.setDeletedAt.run(deletedAt, at, experimentNo);
  }

  tags(experimentNo: number): KeyValue[] {
    return this.tagsOf.all(experimentNo);
  }

  setTag(experimentNo: number, tag: KeyValue, at: number): void {
    this.putTag.run(experimentNo, tag.key, tag.value);
    this.touchOne.run(at, experimentNo);
  }

  deleteTag(experimentNo: number, key: string): boolean {
    return this.removeTag.run(experimentNo, key).changes > 0;
  }
}

function holds(condition: Condition): Sql {
  const { kind, key, op } = condition;
  if (kind === 'attribute') {
    const column = ATTRIBUTES[key] ?? 'NULL';
    return comparison(key === 'experiment_id' ? `CAST(${column} AS TEXT)` : column, condition);
  }
  const there = 'EXISTS (SELECT 1 FROM experiment_tags t WHERE t.experiment_id = e.experiment_id AND t.key = ?';
  if (op === 'IS NULL') return sql(`NOT ${there})`, key);
  if (op === 'IS NOT NULL') return sql(`${there})`, key);
  const { text, values } = comparison('t.value', condition);
  return sql(`${there} AND ${text})`, key, ...values);
}

function orderBy({ key, descending }: Order): string {
  return `${ATTRIBUTES[key] ?? 'NULL'} ${descending ? 'DESC' : 'ASC'}`;
}
