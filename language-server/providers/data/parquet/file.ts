import type { FileHandle } from 'node:fs/promises';
import type { Footer } from './footer.ts';

const MARK = 'PAR1';
/** The length of the footer, and the mark. */
const TAIL = 8;
/** What tells of columns and rows stands at its beginning; this is enough for thousands of columns. */
const MOST_BYTES = 256 * 1024;

/** Of a file of any size, two short reads. Its reader is loaded with the first file. */
export async function footerOf(handle: FileHandle, size: number): Promise<Footer | null> {
  if (size < MARK.length + TAIL) return null;
  const tail = await bytesAt(handle, size - TAIL, TAIL);
  if (tail.toString('latin1', TAIL - MARK.length) !== MARK) return null;
  const length = tail.readUInt32LE(0);
  if (length > size - MARK.length - TAIL) return null;
  const first = await bytesAt(handle, size - TAIL - length, Math.min(length, MOST_BYTES));
  const { readFooter } = await import('./footer.ts');
  return readFooter(first);
}

async function bytesAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
