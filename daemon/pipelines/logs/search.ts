import { setImmediate } from 'node:timers/promises';
import type { LogFinding, LogSearch } from '../../../schemas/wire/pipelines.ts';
import type { LineFinder } from './line-finder.ts';
import { lineFinder } from './line-finder.ts';
import type { ReadLog } from './lines.ts';
import { linesIn, READ_BYTES, SOME_BYTES } from './lines.ts';

export type Sought = Omit<LogSearch, 'attempt'>;
export type Finding = Omit<LogFinding, 'attempt'>;
type Step = Pick<Finding, 'line' | 'next'>;

/** After it the answer says how far it came: whoever still wants to know goes on from there. */
const LOOKING_MS = 150;
/** Others wait no longer than that. */
const AT_ONCE_MS = 3;
/** Backwards, with room for the end of a line that begins in it. */
const STRETCH_BYTES = READ_BYTES - SOME_BYTES;
const NOTHING: Step = { line: null, next: null };

/** Looks for words in what a step printed, which may be larger than all memory, for a moment. */
export async function searchLog(log: ReadLog, sought: Sought, lookingMs = LOOKING_MS): Promise<Finding> {
  const { words, direction, from = 0, to } = sought;
  const { size: bytes } = await log(-1, 1);
  const look = new Look(log, lineFinder(words), lookingMs);
  const end = Math.min(to ?? bytes, bytes);
  return { bytes, ...(await (direction === 'forward' ? look.forward(from, end) : look.backward(from, end))) };
}

class Look {
  private readonly log: ReadLog;
  private readonly find: LineFinder;
  private readonly until: number;
  private rested = performance.now();

  constructor(log: ReadLog, find: LineFinder, lookingMs: number) {
    this.log = log;
    this.find = find;
    this.until = this.rested + lookingMs;
  }

  async forward(from: number, to: number): Promise<Step> {
    for await (const { offset, bytes, next } of linesIn(this.log, from, to)) {
      const line = this.find(bytes, 'first');
      if (line !== undefined) return { line: offset + line, next: null };
      if (next < to && performance.now() > this.until) return { line: null, next };
      await this.rest();
    }
    return NOTHING;
  }

  async backward(from: number, to: number): Promise<Step> {
    for (let end = to; end > from; ) {
      const begin = Math.max(from, end - STRETCH_BYTES);
      const line = await this.lastIn(begin, end);
      if (line !== null) return { line, next: null };
      if (begin > from && performance.now() > this.until) return { line: null, next: begin };
      end = begin;
    }
    return NOTHING;
  }

  private async lastIn(from: number, to: number): Promise<number | null> {
    let last: number | null = null;
    for await (const { offset, bytes } of linesIn(this.log, from, to)) {
      const line = this.find(bytes, 'last');
      if (line !== undefined) last = offset + line;
      await this.rest();
    }
    return last;
  }

  private async rest(): Promise<void> {
    if (performance.now() - this.rested < AT_ONCE_MS) return;
    await setImmediate();
    this.rested = performance.now();
  }
}
