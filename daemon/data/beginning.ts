import { resolve } from 'node:path';
import type { ArtifactTable } from '../../schemas/wire/artifact-table.ts';
import { messageOf } from '../base/errors.ts';
import { literalPath, quoted, unreadable, withDatabase } from './open.ts';

const MOST_ROWS = 1000;
const MOST_COLUMNS = 200;
/** More makes a page slow. */
const MOST_CELLS = 20_000;
const TEXT_LENGTH = 500;

/** The first rows of a Parquet file, however large it is; `name` is what messages call it. */
export function beginningOf(file: string, name: string): Promise<ArtifactTable> {
  return withDatabase(async (connection) => {
    await connection.run(`SET memory_limit = '512MB'`);
    const from = `read_parquet('${literalPath(resolve(file)).replaceAll("'", "''")}')`;
    const read = async (sql: string) => {
      const reader = await connection.runAndReadAll(sql).catch((cause: unknown) => {
        throw unreadable(name, `could not be read: ${firstLineWithout(messageOf(cause), file, name)}`, cause);
      });
      return reader.getRowsJS();
    };
    const all = await read(`DESCRIBE SELECT * FROM ${from}`);
    const columns = all.slice(0, MOST_COLUMNS).map(([column, type]) => ({ name: String(column), type: String(type) }));
    const shown = columns.map((column) => `left(${quoted(column.name)}::VARCHAR, ${TEXT_LENGTH})`);
    const limit = Math.min(MOST_ROWS, Math.floor(MOST_CELLS / columns.length));
    const rows = await read(`SELECT ${shown.join(', ')} FROM ${from} LIMIT ${limit}`);
    const [counted] = await read(`SELECT count(*) FROM ${from}`);
    return {
      columns,
      rows: rows.map((row) => row.map((value) => (value === null ? null : String(value)))),
      total_rows: Number(counted?.[0] ?? 0),
      total_columns: all.length,
    };
  });
}

function firstLineWithout(message: string, file: string, name: string): string {
  return (message.split('\n', 1)[0] ?? message).replaceAll(resolve(file), name);
}
