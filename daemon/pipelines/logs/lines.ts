import type { StepHandle } from '../executors/port.ts';

export type ReadLog = StepHandle['log'];

/** Lines that follow each other; or, not `isWhole`, a part of one that is very long and goes on. */
export interface Lines {
  offset: number;
  bytes: Buffer;
  isWhole: boolean;
}

export const READ_BYTES = 512 * 1024;
/** Of larger ones it takes several times as long to make a text. */
export const SOME_BYTES = 64 * 1024;
/** Parts of a very long line overlap: what stands at the edge of one is in the next. */
const OVERLAP_BYTES = 8 * 1024;
const [NEWLINE, RETURN] = [0x0a, 0x0d];

/** The lines that begin from there on and before `to`, some at a time. */
export async function* linesIn(log: ReadLog, from: number, to: number): AsyncGenerator<Lines> {
  let isWithinLine = false;
  for (let at = await beginningOfLine(log, from, to); at < to || isWithinLine; ) {
    const { offset, bytes, isEnd } = await readAll(log, at);
    // what was to be read may be given up meanwhile
    if (bytes.length === 0 || (offset > at && offset >= to)) return;
    const end = endOfLines(bytes, to - offset) || (isEnd ? bytes.length : 0);
    isWithinLine = end === 0;
    if (!isWithinLine) {
      yield* inPieces(offset, bytes.subarray(0, end));
      at = offset + end;
      continue;
    }
    // of a progress bar only what was written last counts
    const anew = bytes.lastIndexOf(RETURN);
    if (anew <= 0) yield* inParts({ offset, bytes, isWhole: false });
    at = offset + (anew > 0 ? anew : Math.max(1, bytes.length - OVERLAP_BYTES));
  }
}

/** As much as is looked at together, in however many parts it comes. */
async function readAll(log: ReadLog, from: number): Promise<{ offset: number; bytes: Buffer; isEnd: boolean }> {
  const parts: Buffer[] = [];
  for (let [at, length] = [from, 0]; ; ) {
    const { bytes, nextOffset, size } = await log(at, READ_BYTES - length);
    parts.push(bytes);
    [at, length] = [nextOffset, length + bytes.length];
    const isEnd = bytes.length === 0 || nextOffset >= size;
    if (isEnd || length >= READ_BYTES) {
      return { offset: nextOffset - length, bytes: parts.length === 1 ? bytes : Buffer.concat(parts), isEnd };
    }
  }
}

/** `to`, if none begins before it. */
async function beginningOfLine(log: ReadLog, from: number, to: number): Promise<number> {
  if (from === 0) return 0;
  // the byte before a line ends the one above
  for (let at = from - 1; at < to; ) {
    const { bytes, nextOffset } = await log(at, SOME_BYTES);
    const offset = nextOffset - bytes.length;
    if (offset > at) return offset;
    if (bytes.length === 0) break;
    const end = bytes.indexOf(NEWLINE) + 1;
    if (end > 0) return offset + end;
    at = nextOffset;
  }
  return to;
}

/** Of those that begin among the first so many bytes; 0: not one of them has its end here. */
function endOfLines(bytes: Buffer, begins: number): number {
  const last = begins > bytes.length ? 0 : bytes.indexOf(NEWLINE, Math.max(0, begins - 1)) + 1;
  return last || bytes.lastIndexOf(NEWLINE) + 1;
}

function* inPieces(offset: number, bytes: Buffer): Generator<Lines> {
  for (let from = 0; from < bytes.length; ) {
    const end = endOfPiece(bytes, from);
    const piece = { offset: offset + from, bytes: bytes.subarray(from, end), isWhole: true };
    if (end - from <= SOME_BYTES) yield piece;
    else yield* inParts(lastWriting(piece));
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

function lastWriting({ offset, bytes, isWhole }: Lines): Lines {
  let end = bytes.length;
  while (bytes[end - 1] === NEWLINE || bytes[end - 1] === RETURN) end--;
  const anew = Math.max(0, bytes.lastIndexOf(RETURN, end - 1));
  return { offset: offset + anew, bytes: bytes.subarray(anew), isWhole };
}

/** A very long line, or what is there of it. */
function* inParts({ offset, bytes, isWhole }: Lines): Generator<Lines> {
  let from = 0;
  for (; bytes.length - from > SOME_BYTES; from += SOME_BYTES - OVERLAP_BYTES) {
    yield { offset: offset + from, bytes: bytes.subarray(from, from + SOME_BYTES), isWhole: false };
  }
  yield { offset: offset + from, bytes: bytes.subarray(from), isWhole };
}
