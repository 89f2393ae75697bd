import { plainOutput } from '../../schemas/plain-output.ts';
import type { StepLog } from '../../schemas/wire/pipelines.ts';
import type { StepHandle } from './executors/port.ts';

type LoggedStep = Pick<StepHandle, 'log'>;

const PAGE_BYTES = 256 * 1024;
const TAIL_BYTES = 8 * 1024;
const TAIL_LINES = 20;

/** A part of a step's output, from `offset` on; what is not written yet is empty. */
export async function readLog(handle: LoggedStep | undefined, offset: number): Promise<StepLog> {
  const part = await handle?.log(offset, PAGE_BYTES);
  const whole = completeCharacters(part?.bytes ?? Buffer.alloc(0));
  return { text: whole.toString('utf8'), next_offset: offset + whole.length };
}

/** The last lines, which usually say why it failed. */
export async function lastLines(handle: LoggedStep): Promise<string> {
  const { bytes } = await handle.log(-TAIL_BYTES, TAIL_BYTES);
  return plainOutput(bytes.toString('utf8')).trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

const ERROR_LINE = /^(\w+\.)*([A-Z]\w*(Error|Exception)|[A-Z]+(_[A-Z]+)+)\b: /;
const LONGEST_REASON = 300;

/** The line that says what went wrong: the last one that looks like an error, else the last. */
export function tellingLine(tail: string): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((one) => ERROR_LINE.test(one)) ?? lines.at(-1) ?? '';
  return line.trim().slice(0, LONGEST_REASON);
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
