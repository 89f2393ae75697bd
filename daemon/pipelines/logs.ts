import { plainOutput } from '../../schemas/plain-output.ts';
import type { StepLog } from '../../schemas/wire/pipelines.ts';
import type { Clock } from '../base/clock.ts';
import type { StepHandle } from './executors/port.ts';

const PAGE_BYTES = 256 * 1024;
const TAIL_BYTES = 8 * 1024;
const TAIL_LINES = 20;

/** Whoever waits for more is answered after so long, whatever comes. */
export const LONGEST_WAIT_MS = 25_000;

interface Reading {
  /** until there is something, or nothing will ever follow */
  wait: boolean;
  clock: Clock;
}

/** A part of a step's output, from `offset` on; what is not written yet is empty. */
export async function readLog(step: StepHandle, offset: number, { wait, clock }: Reading): Promise<StepLog> {
  // before looking: what comes in between is heard
  const news = Promise.withResolvers<void>();
  const listening = step.onLog(news.resolve);
  const stop = clock.after(LONGEST_WAIT_MS, news.resolve);
  try {
    const first = await partOf(step, offset);
    if (!wait || first.ended || first.text !== '') return first;
    await Promise.race([news.promise, step.exit]);
    return await partOf(step, offset);
  } finally {
    listening.dispose();
    stop();
  }
}

async function partOf(step: StepHandle, offset: number): Promise<StepLog> {
  const { bytes, ended } = await step.log(offset, PAGE_BYTES);
  // the beginning of a character may wait for its end
  const whole = ended ? bytes : completeCharacters(bytes);
  return {
    text: whole.toString('utf8'),
    next_offset: offset + whole.length,
    ended: ended && whole.length === bytes.length,
  };
}

/** The last lines, which usually say why it failed. */
export async function lastLines(step: StepHandle): Promise<string> {
  const { bytes } = await step.log(-TAIL_BYTES, TAIL_BYTES);
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
