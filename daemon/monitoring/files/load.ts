import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { CrisolError } from '../../base/errors.ts';
import type { Cell } from '../columns/prepare.ts';
import type { Frame, FrameType } from './infer.ts';

/** What pandas takes for a missing value, too. */
const MISSING = `['', 'NA', 'NaN', 'nan', 'null', 'NULL']`;

const READERS: Record<string, string> = {
  '.csv': `read_csv($1, header = true, sample_size = -1, nullstr = ${MISSING})`,
  '.tsv': `read_csv($1, header = true, sample_size = -1, nullstr = ${MISSING})`,
  '.parquet': 'read_parquet($1)',
  '.ndjson': `read_json($1, format = 'newline_delimited', sample_size = -1)`,
  '.jsonl': `read_json($1, format = 'newline_delimited', sample_size = -1)`,
};

/** Reads a data file by column. DuckDB is loaded here, in a program of its own, never in the daemon. */
export async function loadFrame(path: string): Promise<Frame> {
  const reader = READERS[extname(path).toLowerCase()];
  if (reader === undefined) throw unreadable(path, 'does not end with .csv, .tsv, .parquet, .ndjson or .jsonl');
  await stat(path).catch((cause: unknown) => {
    throw new CrisolError('FILE_NOT_FOUND', `There is no file ${path}.`, { cause });
  });
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const database = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection = await database.connect();
  try {
    await connection.run(`CREATE TABLE data AS SELECT * FROM ${reader}`, [literalPath(path)]);
    const described = await connection.runAndReadAll('DESCRIBE data');
    const columns = described
      .getRowObjects()
      .map((row) => ({ name: String(row.column_name), sql: String(row.column_type) }));
    const values = await connection.runAndReadAll(`SELECT ${columns.map(asPlainValue).join(', ')} FROM data`);
    const byColumn = values.getColumnsJS() as Cell[][];
    return Object.fromEntries(
      columns.map(({ name, sql }, k) => [name, { type: frameType(sql), values: byColumn[k] ?? [] }]),
    );
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(path, `could not be read: ${message.split('\n', 1)[0]}`, cause);
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}

function unreadable(path: string, what: string, cause?: unknown): CrisolError {
  return new CrisolError('DATA_UNREADABLE', `${path} ${what}`, { cause });
}

/** DuckDB takes `*`, `?` and `[` for patterns; a name that holds one is meant as it stands. */
function literalPath(path: string): string {
  return path.replaceAll(/[*?[]/g, (sign) => `[${sign}]`);
}

const INTEGERS = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;
const DECIMALS = /^(FLOAT|DOUBLE|DECIMAL.*)$/;
const TEXTS = /^(VARCHAR|UUID|ENUM.*)$/;
const TIMES = /^(DATE|TIME.*|INTERVAL)$/;

function frameType(sql: string): FrameType {
  if (INTEGERS.test(sql)) return 'integer';
  if (DECIMALS.test(sql)) return 'decimal';
  if (TEXTS.test(sql)) return 'text';
  if (TIMES.test(sql)) return 'time';
  return sql === 'BOOLEAN' ? 'boolean' : 'other';
}

/** Numbers as doubles, everything else but truth values as text. */
function asPlainValue({ name, sql }: { name: string; sql: string }): string {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const type = frameType(sql);
  if (type === 'integer' || type === 'decimal') return `${quoted}::DOUBLE`;
  return type === 'boolean' ? quoted : `${quoted}::VARCHAR`;
}
