import type { StepHandle } from '../executors/port.ts';

export type ReadLog = StepHandle['log'];

/** Lines that follow each other, or a part of one that is very long. */
export interface Lines {
  offset: number;
  bytes: Buffer;
  /** what follows begins here */
  next: number;
}

interface Read {
  offset: number;
  bytes: Buffer;
  /** there is no more by now */
  isEnd: boolean;
}

export const READ_BYTES = 512 * 1024;
/** So much is looked at together: of more it takes several times as long to make a text. A line that is longer is looked at in parts. */
export const SOME_BYTES = 64 * 1024;
/** What stands at the edge of a part is in the next one, too. */
const OVERLAP_BYTES = 8 * 1024;
const [NEWLINE, RETURN] = [0x0a, 0x0d];

/** The lines, and parts of lines, that begin from there on and before `to`. */
export async function* linesIn(log: ReadLog, from: number, to: number): AsyncGenerator<Lines> {
  for (let at = await beginning(log, from); at < to; ) {
    const { offset, bytes, isEnd } = await readAll(log, at, READ_BYTES);
    // what was to be read may be given up meanwhile
    if (bytes.length === 0 || offset >= to) return;
    const end = endOfLines(bytes, to - offset) || (isEnd ? bytes.length : 0);
    if (end > 0) {
      yield* inPieces(offset, bytes.subarray(0, end), to);
      at = offset + end;
      continue;
    }
    // of a progress bar only what was written last counts
    const anew = bytes.lastIndexOf(RETURN);
    if (anew <= 0) yield* inParts(offset, bytes, to);
    at = offset + (anew > 0 ? anew : bytes.length - OVERLAP_BYTES);
  }
}

/** Within a very long line right there, else where the next line begins. */
async function beginning(log: ReadLog, from: number): Promise<number> {
  if (from === 0) return 0;
  const { offset, bytes } = await readAll(log, Math.max(0, from - SOME_BYTES), 2 * SOME_BYTES);
  const at = from - offset;
  if (at <= 0) return offset;
  const line = bytes.lastIndexOf(NEWLINE, at - 1) + 1;
  if (line === at) return from;
  const end = bytes.indexOf(NEWLINE, at) + 1 || bytes.length;
  return end - line > SOME_BYTES ? from : offset + end;
}

/** In however many parts it comes. */
async function readAll(log: ReadLog, from: number, most: number): Promise<Read> {
  const parts: Buffer[] = [];
  for (let [at, length] = [from, 0]; ; ) {
    const { bytes, nextOffset, size } = await log(at, most - length);
    parts.push(bytes);
    [at, length] = [nextOffset, length + bytes.length];
    const isEnd = bytes.length === 0 || nextOffset >= size;
    if (isEnd || length >= most) {
      return { offset: nextOffset - length, bytes: parts.length === 1 ? bytes : Buffer.concat(parts), isEnd };
    }
  }
}

/** Of those that begin among the first so many bytes; 0: not one of them has its end here. */
function endOfLines(bytes: Buffer, begins: number): number {
  const last = begins > bytes.length ? 0 : bytes.indexOf(NEWLINE, begins - 1) + 1;
  return last || bytes.lastIndexOf(NEWLINE) + 1;
}

function* inPieces(offset: number, bytes: Buffer, to: number): Generator<Lines> {
  for (let from = 0; from < bytes.length; ) {
    const end = endOfPiece(bytes, from);
    const piece = bytes.subarray(from, end);
    if (piece.length > SOME_BYTES) {
      const anew = lastWriting(piece);
      yield* inParts(offset + from + anew, piece.subarray(anew), to);
    } else yield { offset: offset + from, bytes: piece, next: offset + end };
    from = end;
  }
}

/** As many lines as are looked at together, or one that is longer. */
function endOfPiece(bytes: Buffer, from: number): number {
  const most = from + SOME_BYTES;
  if (most >= bytes.length) return bytes.length;
  const end = bytes.lastIndexOf(NEWLINE, most - 1) + 1;
  return end > from ? end : bytes.indexOf(NEWLINE, most) + 1 || bytes.length;
}

function lastWriting(line: Buffer): number {
  let end = line.length;
  while (line[end - 1] === NEWLINE || line[end - 1] === RETURN) end--;
  return Math.max(0, line.lastIndexOf(RETURN, end - 1));
}

function* inParts(offset: number, line: Buffer, to: number): Generator<Lines> {
  for (let from = 0; from < line.length && offset + from < to; from += SOME_BYTES - OVERLAP_BYTES) {
    const bytes = line.subarray(from, from + SOME_BYTES);
    const isLast = from + SOME_BYTES >= line.length;
    yield { offset: offset + from, bytes, next: offset + (isLast ? line.length : from + SOME_BYTES - OVERLAP_BYTES) };
    if (isLast) return;
  }
}
