import { stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { CrisolError, messageOf } from '../base/errors.ts';

/** Added to every table: the rows' order in the file, under a name that no file has. */
export const ROW = 'crisol row number';

/** What pandas takes for a missing value too, so that a CSV file means the same in a script and here. */
const MISSING = `['', 'NA', 'NaN', 'nan', 'null', 'NULL']`;

const READERS: Record<string, string> = {
  '.csv': `read_csv($1, header = true, sample_size = -1, nullstr = ${MISSING})`,
  '.tsv': `read_csv($1, header = true, sample_size = -1, nullstr = ${MISSING})`,
  '.parquet': 'read_parquet($1)',
  '.ndjson': `read_json($1, format = 'newline_delimited', sample_size = -1)`,
  '.jsonl': `read_json($1, format = 'newline_delimited', sample_size = -1)`,
};

/** Reads a data file into a table `data` of a database of its own, which lives as long as `use` does. */
export async function withData<T>(path: string, use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const reader = READERS[extname(path).toLowerCase()];
  if (reader === undefined) throw unreadable(path, 'has an ending that is not .csv, .tsv, .parquet, .ndjson or .jsonl');
  await refuseWhatIsNoFile(path);
  return withDatabase(async (connection) => {
    const load = `CREATE TABLE data AS SELECT *, row_number() OVER () AS "${ROW}" FROM ${reader}`;
    await connection.run(load, [literalPath(resolve(path))]).catch((cause: unknown) => {
      throw unreadable(path, `could not be read: ${firstLine(cause)}`, cause);
    });
    return use(connection);
  });
}

/** A database in memory, which lives as long as `use` does. */
export async function withDatabase<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  // what it needs is built in: never fetch an extension, nor load one for an address that looks like a path
  const database = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await database.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}

async function refuseWhatIsNoFile(path: string): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new CrisolError('FILE_NOT_FOUND', `There is no file ${path}.`, { cause });
  });
  if (found.isDirectory()) throw unreadable(path, 'is a folder');
  if (found.size === 0) throw unreadable(path, 'is empty');
}

export function unreadable(path: string, what: string, cause?: unknown): CrisolError {
  return new CrisolError('DATA_UNREADABLE', `${path} ${what}`, { cause });
}

function firstLine(thrown: unknown): string {
  const message = messageOf(thrown);
  return message.split('\n', 1)[0] ?? message;
}

/** DuckDB takes `*`, `?` and `[` for patterns; a name that holds one is meant as it stands. */
export function literalPath(path: string): string {
  return path.replaceAll(/[*?[]/g, (sign) => `[${sign}]`);
}

export function quoted(column: string): string {
  return `"${column.replaceAll('"', '""')}"`;
}
