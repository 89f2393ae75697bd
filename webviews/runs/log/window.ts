import type { LogMove } from '../../../schemas/panels/runs.ts';
import type { OutputLine, OutputStyle } from '../../../schemas/styled-output.ts';
import { styledLines, withPhases } from '../../../schemas/styled-output.ts';
import type { LogPlace, StepLog } from '../../../schemas/wire/pipelines.ts';

/** The part of an output that is in the panel. It moves: an output may be larger than all memory. */
export interface LogWindow {
  attempt: number;
  /** one after the other, without a gap */
  blocks: readonly Block[];
  /** all that was printed by now, wherever the window is */
  bytes: number;
  /** its end was left for what came before: whoever goes on from there wants all that follows */
  isCut: boolean;
}

/** Lines that are read once, not with each line that follows. */
interface Block {
  offset: number;
  next: number;
  text: string;
  before: OutputStyle;
  after: OutputStyle;
  lines: OutputLine[];
  firstId: number;
}

/** Signs, which are bytes in most outputs. */
const MOST = 5_000_000;
const LARGE_BLOCK = 64 * 1024;
export const TAIL_BYTES = 256 * 1024;
/** Who follows an output that is faster than that is shown its end, not all of it. */
const FAR_BYTES = 1024 * 1024;
const PLAIN: OutputStyle = {};
/** No output has so many lines: those of another place have other ids. */
const FAR_LINES = 1e12;

export const startOf = ({ blocks, bytes }: LogWindow): number => blocks[0]?.offset ?? bytes;
export const nextOf = ({ blocks }: LogWindow): number => blocks.at(-1)?.next ?? 0;
export const hasText = (window: LogWindow | undefined): window is LogWindow => (window?.blocks.length ?? 0) > 0;

/** The lines as they are drawn; each keeps its id while the window moves. */
export function linesOf({ blocks }: Pick<LogWindow, 'blocks'>): OutputLine[] {
  return withPhases(blocks.flatMap(({ lines }) => lines));
}

/** With what was printed, if it goes on where the window ends. `isAnswer`: it was asked for, and may lie elsewhere. */
export function taken(window: LogWindow | undefined, log: StepLog, isAnswer = false): LogWindow {
  const { attempt, bytes } = log;
  if (!window || attempt > window.attempt) return grown({ attempt, blocks: [], bytes, isCut: false }, log, isAnswer);
  // what is left of an attempt before
  if (attempt < window.attempt) return window;
  return grown({ ...window, bytes: Math.max(window.bytes, bytes) }, log, isAnswer);
}

function grown(window: LogWindow, log: StepLog, isAnswer: boolean): LogWindow {
  const { text, offset, next_offset: next } = log;
  if (text === '') return window;
  const isFirst = !hasText(window);
  // what was told before the end was asked for is part of the answer
  if (isFirst && !isAnswer && offset > 0) return window;
  // the end, where what follows is not wanted piece by piece
  if (isFirst || (isAnswer && !window.isCut && offset > nextOf(window)))
    return { ...placed(window, log), isCut: false };
  if (offset === nextOf(window)) {
    return withoutBeginning({ ...appended(window, log), isCut: window.isCut && next < window.bytes });
  }
  return isRightBefore(log, startOf(window)) ? withoutEnd(prepended(window, log)) : window;
}

/** To where a person went: to an end of it, or to a line that was found, which is the first then; `before` stands above it. */
export function movedTo(window: LogWindow | undefined, to: LogMove, log: StepLog, before?: StepLog): LogWindow {
  const { attempt, bytes } = log;
  if (window && attempt < window.attempt) return window;
  const known = window ?? { attempt, blocks: [], bytes, isCut: false };
  const moved = { ...placed({ ...known, attempt, bytes }, log), isCut: to !== 'end' };
  return before?.attempt === attempt ? taken(moved, before, true) : moved;
}

/** The lines there have ids of their own. */
function placed(window: LogWindow, { offset, next_offset: next, text }: StepLog): LogWindow {
  const last = window.blocks.at(-1);
  const firstId = last ? last.firstId + FAR_LINES : 0;
  return { ...window, blocks: [blockOf({ offset, next, text, before: PLAIN, firstId })] };
}

/** The id of the first line of what was read from there on. */
export function lineAt({ blocks }: LogWindow, offset: number): number {
  return blocks.find((block) => block.offset === offset)?.firstId ?? 0;
}

/** All that was there before, and nothing was printed since. */
export function holds(window: LogWindow, before: LogWindow): boolean {
  const isLarger = startOf(window) <= startOf(before) && nextOf(window) >= nextOf(before);
  return isLarger && window.attempt === before.attempt && window.bytes === before.bytes;
}

/** What a search within the window has looked through: a line that goes on beyond it only if it has the words already. */
export function lookedThrough(window: LogWindow, isLastFound: boolean): { from: number; to: number } {
  const rest = window.blocks.at(-1)?.text.split('\n').at(-1) ?? '';
  const to = nextOf(window) - (isLastFound ? 0 : new TextEncoder().encode(rest).length);
  return { from: startOf(window), to: Math.max(to, startOf(window)) };
}

/** What stands half at the edge of a page was left out. */
const isRightBefore = ({ next_offset }: StepLog, start: number): boolean =>
  next_offset <= start && start - next_offset <= 3;

/** What somebody looks at: an edge of what is there, or, in search of words, as much as can be held. */
export interface Looking {
  isAtEnd: boolean;
  isAtTop: boolean;
  isSearched: boolean;
}

/** Where to read on; null: all that a person looks at is there, or will be told. */
export function wanted(window: LogWindow | undefined, { isAtEnd, isAtTop, isSearched }: Looking): LogPlace | null {
  if (!window) return null;
  const { attempt, bytes } = window;
  if (!hasText(window)) return bytes === 0 ? null : { offset: -TAIL_BYTES, attempt };
  const [start, next] = [startOf(window), nextOf(window)];
  if (isAtEnd && next < bytes) {
    return { offset: bytes - next > FAR_BYTES && !window.isCut ? -TAIL_BYTES : next, attempt };
  }
  // of what a search led to, not all around is read
  const isWanted = isAtTop || (isSearched && next === bytes && sizeOf(window) + TAIL_BYTES <= MOST);
  return isWanted && start > 0 ? { before: start, attempt } : null;
}

function appended(window: LogWindow, { text, next_offset: next }: StepLog): LogWindow {
  const last = window.blocks.at(-1);
  if (!last) return window;
  const others = window.blocks.slice(0, -1);
  if (last.text.length + text.length <= LARGE_BLOCK) {
    return { ...window, blocks: [...others, blockOf({ ...last, text: last.text + text, next })] };
  }
  const rest = unfinished(last.text);
  const whole = rest === '' ? last : withoutRest(last, rest);
  const firstId = whole.firstId + whole.lines.length;
  const block = blockOf({ offset: whole.next, next, text: lastWriting(rest) + text, before: whole.after, firstId });
  return { ...window, blocks: [...others, ...(whole.text === '' ? [] : [whole]), block] };
}

/** The line that goes on; one that is very long is broken. */
function unfinished(text: string): string {
  const rest = text.slice(text.lastIndexOf('\n') + 1);
  return lastWriting(rest).length > LARGE_BLOCK / 2 ? '' : rest;
}

/** Of a progress bar, what does not count any more. */
function lastWriting(line: string): string {
  return line.slice(line.trimEnd().lastIndexOf('\r') + 1);
}

function withoutRest(block: Block, rest: string): Block {
  const next = block.next - new TextEncoder().encode(rest).length;
  return blockOf({ ...block, next, text: block.text.slice(0, -rest.length) });
}

function prepended(window: LogWindow, { offset, text }: StepLog): LogWindow {
  const [first] = window.blocks;
  if (!first) return window;
  const block = blockOf({ offset, next: first.offset, text, before: PLAIN, firstId: 0 });
  return { ...window, blocks: [numbered(block, first.firstId - block.lines.length), ...window.blocks] };
}

function withoutBeginning(window: LogWindow): LogWindow {
  const blocks = [...window.blocks];
  for (let size = sizeOf(window); size > MOST && blocks.length > 1; ) size -= blocks.shift()?.text.length ?? 0;
  return { ...window, blocks };
}

function withoutEnd(window: LogWindow): LogWindow {
  const blocks = [...window.blocks];
  for (let size = sizeOf(window); size > MOST && blocks.length > 1; ) size -= blocks.pop()?.text.length ?? 0;
  return { ...window, blocks, isCut: window.isCut || blocks.length < window.blocks.length };
}

const sizeOf = ({ blocks }: LogWindow): number => blocks.reduce((sum, { text }) => sum + text.length, 0);

function blockOf(part: Omit<Block, 'lines' | 'after'>): Block {
  const { lines, style } = styledLines(part.text, part.before);
  return numbered({ ...part, lines, after: style }, part.firstId);
}

function numbered(block: Block, firstId: number): Block {
  return { ...block, firstId, lines: block.lines.map((line, at) => ({ ...line, id: firstId + at })) };
}
