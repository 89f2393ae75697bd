import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { CrisolError } from '../../base/errors.ts';
import { quoted, ROW } from './open.ts';
import type { Table } from './table.ts';

/** Makes a file beside its place and renames it: who finds it finds all of it. */
export async function inPlace(path: string, make: (staging: string) => Promise<void>): Promise<void> {
  const staging = `${path}.partial`;
  const present = await stat(path).catch(() => undefined);
  if (present?.isDirectory()) throw new CrisolError('INVALID_PARAMETER_VALUE', `${path} is a folder, not a file`);
  await mkdir(dirname(path), { recursive: true });
  try {
    await make(staging);
    await rename(staging, path);
  } finally {
    await rm(staging, { force: true });
  }
}

export function writeJson(path: string, value: unknown): Promise<void> {
  return inPlace(path, (staging) => writeFile(staging, `${JSON.stringify(value, null, 2)}\n`));
}

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
