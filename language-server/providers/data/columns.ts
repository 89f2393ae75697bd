import type { FileHandle } from 'node:fs/promises';
import type { Column } from '../files.ts';
import { reading } from '../inside.ts';
import type { TableFormat } from './format.ts';
import { tableFormat } from './format.ts';
import { keysOf } from './lines.ts';
import { footerOf } from './parquet/file.ts';
import { headerOf } from './separated.ts';

const HEAD_BYTES = 64 * 1024;

/** None of what is no table, or cannot be read as one. */
export async function columnsIn(root: string, file: string): Promise<Column[]> {
  const format = tableFormat(file);
  if (format === null) return [];
  const columns = await reading(root, file, async (handle, { size }) =>
    format === 'parquet' ? (await footerOf(handle, size))?.columns : namedIn(await headOf(handle), format),
  );
  return columns ?? [];
}

/** As the beginning of a text names them. */
export function namedIn(head: string, format: Exclude<TableFormat, 'parquet'>): Column[] {
  const names = format === 'separated' ? headerOf(head) : keysOf(head);
  return names.map((name) => ({ name }));
}

async function headOf(handle: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.toString('utf8', 0, bytesRead);
}
