import { failureIn } from '../../../schemas/pipelines/traceback.ts';
import { plainOutput } from '../../../schemas/plain-output.ts';
import type { StepHandle } from '../executors/port.ts';

const TAIL_BYTES = 8 * 1024;
const TAIL_LINES = 20;

/** What a step said last, which usually tells why it failed. */
export interface LastWords {
  /** some lines, to be shown */
  tail: string;
  /** the one that says what went wrong */
  telling: string;
}

export const NO_WORDS: LastWords = { tail: '', telling: '' };

export async function lastWords(step: StepHandle): Promise<LastWords> {
  const { bytes } = await step.log(-TAIL_BYTES, TAIL_BYTES);
  const output = plainOutput(bytes.toString('utf8')).trimEnd();
  const tail = output.split('\n').slice(-TAIL_LINES).join('\n');
  // what an exception says may go over many lines, of which the first says most
  return { tail, telling: failureIn(output)?.error.slice(0, LONGEST_REASON) ?? tellingLine(tail) };
}

const ERROR_LINE = /^(\w+\.)*([A-Z]\w*(Error|Exception)|[A-Z]+(_[A-Z]+)+)\b: /;
const LONGEST_REASON = 300;

/** The line that says what went wrong: the last one that looks like an error, else the last. */
function tellingLine(tail: string): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((one) => ERROR_LINE.test(one)) ?? lines.at(-1) ?? '';
  return line.trim().slice(0, LONGEST_REASON);
}
