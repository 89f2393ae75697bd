import { CrisolError } from '../../../base/errors.ts';
import type { Db } from '../../../store/index.ts';

export interface Row {
  [column: string]: string | number | null;
}

/** What every store of MLflow has had from its first version on. */
const NEEDED: Record<string, readonly string[]> = {
  experiments: ['experiment_id', 'name', 'lifecycle_stage'],
  runs: ['run_uuid', 'experiment_id', 'status', 'start_time', 'end_time', 'lifecycle_stage'],
  params: ['key', 'value', 'run_uuid'],
  tags: ['key', 'value', 'run_uuid'],
  metrics: ['key', 'value', 'timestamp', 'run_uuid'],
};

/**
 * MLflow's own database. Tables and columns came with its versions: what is not there is read as absent. No statement stays
 * open, so that a server that writes to it is held up for milliseconds at most.
 */
export class MlflowDatabase {
  private readonly db: Db;
  private readonly columns = new Map<string, Set<string>>();
  private readonly indexed = new Map<string, string>();

  constructor(db: Db, name: string) {
    this.db = db;
    for (const [table, columns] of Object.entries(NEEDED)) {
      const missing = columns.find((column) => !this.has(table, column));
      if (missing === undefined) continue;
      throw new CrisolError(
        'IMPORT_SOURCE_INVALID',
        `${name} has no ${table}.${missing}: MLflow did not write it, or in a version that is not known here${this.version()}.`,
      );
    }
  }

  has(table: string, column: string): boolean {
    return this.columnsOf(table).has(column);
  }

  hasTable(table: string): boolean {
    return this.columnsOf(table).size > 0;
  }

  /** All rows whose column has that value; without one, all. None when the table or the column is not there. */
  rows(table: string, where: Record<string, string | number> = {}): Row[] {
    const keys = Object.keys(where);
    if (!this.hasTable(table) || keys.some((key) => !this.has(table, key))) return [];
    const conditions = keys.map((key) => `"${key}" = ?`).join(' AND ') || 'TRUE';
    const sql = `SELECT * FROM ${this.quick(table, keys[0])} WHERE ${conditions} ORDER BY rowid`;
    return this.db.prepare<unknown[], Row>(sql).all(...Object.values(where));
  }

  /** The ids of an experiment's runs, as they came. */
  runIds(experimentId: string): string[] {
    return this.db
      .prepare<[string], string>('SELECT run_uuid FROM runs WHERE experiment_id = CAST(? AS INTEGER) ORDER BY rowid')
      .pluck()
      .all(experimentId);
  }

  /** A page of a run's points, in the order in which they were logged. */
  points(runId: string, after: number, limit: number): Row[] {
    const table = this.quick('metrics', 'run_uuid');
    return this.db
      .prepare<unknown[], Row>(
        `SELECT rowid AS place, * FROM ${table} WHERE run_uuid = ? AND rowid > ? ORDER BY rowid LIMIT ?`,
      )
      .all(runId, after, limit);
  }

  close(): void {
    this.db.close();
  }

  /** Old stores have no index for what is asked of each run: then a copy that has one, in a file of this process alone. */
  private quick(table: string, column: string | undefined): string {
    if (column === undefined) return table;
    const known = this.indexed.get(`${table}.${column}`);
    if (known !== undefined) return known;
    const name = this.isIndexed(table, column) ? table : this.copy(table, column);
    this.indexed.set(`${table}.${column}`, name);
    return name;
  }

  private isIndexed(table: string, column: string): boolean {
    const first = this.db.prepare<[string, string], number>(
      `SELECT 1 FROM pragma_index_list(?) list JOIN pragma_index_info(list.name) info ON info.seqno = 0 WHERE info.name = ?`,
    );
    return first.get(table, column) !== undefined;
  }

  private copy(table: string, column: string): string {
    const name = `copy_${table}_${column}`;
    this.db.exec(
      `CREATE TEMP TABLE ${name} AS SELECT * FROM ${table}; CREATE INDEX temp.${name}_index ON ${name} (${column})`,
    );
    return `temp.${name}`;
  }

  private columnsOf(table: string): Set<string> {
    const known = this.columns.get(table);
    if (known) return known;
    const columns = new Set(
      this.db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table),
    );
    this.columns.set(table, columns);
    return columns;
  }

  private version(): string {
    const version = this.rows('alembic_version')[0]?.version_num;
    return version ? ` (its schema is ${version})` : '';
  }
}
