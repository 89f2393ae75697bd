import { plainOutput } from '../../schemas/plain-output.ts';
import type { StepHandle } from './executors/port.ts';

const TAIL_BYTES = 8 * 1024;
const TAIL_LINES = 20;

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
