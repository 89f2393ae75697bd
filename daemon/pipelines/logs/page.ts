import type { LogPlace, StepLog } from '../../../schemas/wire/pipelines.ts';
import type { StepHandle } from '../executors/port.ts';

const PAGE_BYTES = 256 * 1024;

export type PlaceInLog = Omit<LogPlace, 'attempt'>;
export type LogPage = Omit<StepLog, 'attempt'>;

/** A part of what a step printed, cut between characters; what is not written yet is empty. */
export async function pageOf(
  step: StepHandle,
  { offset = 0, before }: PlaceInLog,
  most = PAGE_BYTES,
): Promise<LogPage> {
  const from = before === undefined ? Math.max(offset, -most) : Math.max(0, before - most);
  const read = await step.log(from, before === undefined ? most : before - from);
  const { size, ended } = read;
  const start = read.nextOffset - read.bytes.length;
  // what is asked for may begin with what is given up
  const bytes = before === undefined ? read.bytes : read.bytes.subarray(0, Math.max(0, before - start));
  const isCutBefore = start > 0 && (before !== undefined || offset < 0);
  const whole = ended || before !== undefined ? bytes : completeCharacters(bytes);
  const skipped = isCutBefore ? beginningOfLine(whole) : 0;
  return {
    offset: start + skipped,
    text: whole.toString('utf8', skipped),
    next_offset: start + whole.length,
    bytes: size,
    ended: ended && whole.length === bytes.length,
  };
}

/** Where the first whole line begins, or in one long line the first whole character. */
function beginningOfLine(bytes: Buffer): number {
  const line = bytes.indexOf(0x0a) + 1;
  if (line > 0 && line < bytes.length) return line;
  let at = 0;
  while (at < Math.min(3, bytes.length) && lengthOfCharacter(bytes[at] ?? 0) === 0) at++;
  return at;
}

/** Without the beginning of a character whose rest is not written yet. */
function completeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const length = lengthOfCharacter(bytes[bytes.length - back] ?? 0);
    if (length > 0) return length > back ? bytes.subarray(0, -back) : bytes;
  }
  return bytes;
}

/** From the first byte of a character in UTF-8; 0 for the bytes after it. */
function lengthOfCharacter(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc0) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
