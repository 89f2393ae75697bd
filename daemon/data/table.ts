import type { DuckDBConnection } from '@duckdb/node-api';
import { CrisolError } from '../base/errors.ts';
import { quoted, ROW, unreadable, withData } from './open.ts';

export type ColumnKind = 'integer' | 'decimal' | 'text' | 'boolean' | 'time' | 'other';

export interface TableColumn {
  name: string;
  kind: ColumnKind;
  /** the type in the file, for messages */
  type: string;
}

/** A data file that has been read: its columns can be asked for one by one. */
export class Table {
  readonly path: string;
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  readonly connection: DuckDBConnection;

  constructor(path: string, columns: readonly TableColumn[], rows: number, connection: DuckDBConnection) {
    this.path = path;
    this.columns = columns;
    this.rows = rows;
    this.connection = connection;
  }

  column(name: string): TableColumn {
    const found = this.columns.find((column) => column.name === name);
    if (found !== undefined) return found;
    const names = this.columns.map((column) => column.name).join(', ');
    throw new CrisolError('DATA_COLUMN_MISSING', `${this.path} has no column "${name}"; it has: ${names}`);
  }

  /** The values as texts; null where they are missing. Dates come in ISO form, whose order is that of time. */
  async texts(name: string): Promise<(string | null)[]> {
    this.column(name);
    const values = await this.select(`SELECT ${quoted(name)}::VARCHAR FROM data`);
    return values as (string | null)[];
  }

  /** The values as numbers; NaN where they are missing or infinite. A text among them is refused, with its place. */
  async numbers(name: string): Promise<Float64Array> {
    if (!isNumeric(this.column(name))) await this.refuseTexts(name);
    const values = await this.select(`SELECT TRY_CAST(${quoted(name)} AS DOUBLE) FROM data`);
    return Float64Array.from(values, (value) => (Number.isFinite(value) ? (value as number) : Number.NaN));
  }

  /** How many of the texts in a column could be numbers, of how many, and how many different ones there are. */
  async numericTexts(name: string): Promise<{ numeric: number; all: number; distinct: number }> {
    const column = quoted(name);
    const [numeric, all, distinct] = await this.firstRow(
      `SELECT count(TRY_CAST(${column} AS DOUBLE)), count(${column}), count(DISTINCT ${column}) FROM data`,
    );
    return { numeric: Number(numeric), all: Number(all), distinct: Number(distinct) };
  }

  async refuseTexts(name: string): Promise<void> {
    const column = quoted(name);
    const [value, row] = await this.firstRow(
      `SELECT ${column}::VARCHAR, "${ROW}" FROM data
       WHERE ${column} IS NOT NULL AND TRY_CAST(${column} AS DOUBLE) IS NULL ORDER BY "${ROW}" LIMIT 1`,
    );
    if (row === undefined) return;
    throw new CrisolError(
      'DATA_UNREADABLE',
      `column "${name}" of ${this.path} holds numbers, but row ${row} has the text "${value}"`,
      { hint: 'Put a number there or leave it empty, or exclude the column.' },
    );
  }

  private async select(sql: string): Promise<unknown[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getColumnsJS()[0] ?? [];
  }

  private async firstRow(sql: string): Promise<unknown[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowsJS()[0] ?? [];
  }
}

const KINDS: [RegExp, ColumnKind][] = [
  [/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM)$/, 'integer'],
  [/^(FLOAT|DOUBLE|DECIMAL\b.*)$/, 'decimal'],
  [/^(VARCHAR|UUID|ENUM\b.*)$/, 'text'],
  [/^BOOLEAN$/, 'boolean'],
  [/^(DATE|TIME.*|INTERVAL)$/, 'time'],
];

function kindOf(type: string): ColumnKind {
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
}

export function isNumeric({ kind }: TableColumn): boolean {
  return kind === 'integer' || kind === 'decimal';
}

export function withTable<T>(path: string, use: (table: Table) => Promise<T>): Promise<T> {
  return withData(path, async (connection) => {
    const described = await connection.runAndReadAll('DESCRIBE data');
    const columns = described
      .getRowsJS()
      .map(([name, type]) => ({ name: String(name), kind: kindOf(String(type)), type: String(type) }))
      .filter((column) => column.name !== ROW);
    if (columns.length === 0) throw unreadable(path, 'has no columns');
    const counted = await connection.runAndReadAll('SELECT count(*) FROM data');
    return use(new Table(path, columns, Number(counted.getRowsJS()[0]?.[0] ?? 0), connection));
  });
}
