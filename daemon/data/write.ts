import { extname } from 'node:path';
import { CrisolError } from '../base/errors.ts';
import { inPlace } from '../base/in-place.ts';
import { quoted, ROW } from './open.ts';
import type { Table } from './table.ts';

const FORMATS: Record<string, string> = {
  '.csv': 'FORMAT csv, HEADER true',
  '.parquet': 'FORMAT parquet, COMPRESSION zstd',
};

/** Writes the rows that were given this part, in the order of the file. `parts` has one number for each row. */
export async function writePart(table: Table, parts: Uint8Array, part: number, path: string): Promise<void> {
  const format = FORMATS[extname(path).toLowerCase()];
  if (format === undefined) {
    throw new CrisolError('INVALID_PARAMETER_VALUE', `${path} must end with .parquet or .csv`);
  }
  await table.connection.run('CREATE OR REPLACE TEMP TABLE chosen (place BIGINT)');
  const appender = await table.connection.createAppender('chosen');
  parts.forEach((value, row) => {
    if (value !== part) return;
    appender.appendBigInt(BigInt(row + 1));
    appender.endRow();
  });
  appender.closeSync();
  const columns = table.columns.map((column) => `data.${quoted(column.name)}`).join(', ');
  const rows = `SELECT ${columns} FROM data JOIN chosen ON data."${ROW}" = chosen.place ORDER BY chosen.place`;
  await inPlace(path, async (staging) => {
    await table.connection.run(`COPY (${rows}) TO '${staging.replaceAll("'", "''")}' (${format})`);
  });
}
