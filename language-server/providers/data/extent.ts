import { join, resolve } from 'node:path';
import type { Extent } from '../files.ts';
import { pathOf, reading } from '../inside.ts';
import { tableFormat } from './format.ts';
import { footerOf } from './parquet/file.ts';
import { countRows, rowCounter } from './rows.ts';

/** How much is in a table below a folder, now; null for what is no table there. What is not wanted any more is not counted on. */
export async function extentOf(folder: string, path: string, signal: AbortSignal): Promise<Extent | null> {
  const [there, format] = [pathOf(folder), tableFormat(path)];
  if (there === null || format === null) return null;
  const root = resolve(there);
  return reading(root, join(root, path), async (handle, { size, mtimeMs }) => {
    if (format !== 'parquet') {
      return { bytes: size, writtenAt: mtimeMs, rows: await countRows(handle, rowCounter(format), signal) };
    }
    const footer = await footerOf(handle, size);
    return footer && { bytes: size, writtenAt: mtimeMs, rows: { count: footer.rows, areMore: false } };
  });
}
