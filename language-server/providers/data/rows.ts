import type { FileHandle } from 'node:fs/promises';
import type { TableFormat } from './format.ts';
import { LineRows } from './lines.ts';
import { SeparatedRows } from './separated.ts';

/** Is given the bytes of a table, piece by piece. */
export interface RowCounter {
  take(bytes: Uint8Array): void;
  /** so far */
  readonly rows: number;
}

export interface Rows {
  count: number;
  /** there are more than that */
  areMore: boolean;
}

const PIECE = 256 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;
/** Somebody waits for it, and so does, for the length of a piece, whoever types. */
const MOST_MS = 100;

export const rowCounter = (format: Exclude<TableFormat, 'parquet'>): RowCounter =>
  format === 'separated' ? new SeparatedRows() : new LineRows();

/** Counts until the end, or until that takes too long. */
export async function countRows(handle: FileHandle, counter: RowCounter, signal: AbortSignal): Promise<Rows> {
  const until = performance.now() + MOST_MS;
  const piece = Buffer.alloc(PIECE);
  for (let at = 0; at < MOST_BYTES; ) {
    if (signal.aborted || performance.now() > until) break;
    const { bytesRead } = await handle.read(piece, 0, PIECE, at);
    if (bytesRead === 0) return { count: counter.rows, areMore: false };
    counter.take(piece.subarray(0, bytesRead));
    at += bytesRead;
  }
  return { count: counter.rows, areMore: true };
}
