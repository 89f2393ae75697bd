import type { TextChange } from './text-change.ts';

/** Zero-based line and UTF-16 character, as the Language Server Protocol counts them. */
export interface Position {
  line: number;
  character: number;
}

/** The end is the first character that no longer belongs to it. */
export interface Range {
  start: Position;
  end: Position;
}

/** Offsets into the text: `[start, end)`. The syntax tree uses them; whoever looks from outside gets ranges. */
export type Span = readonly [start: number, end: number];

export interface LineIndex {
  /** where each line begins */
  readonly starts: readonly number[];
  readonly lineCount: number;
  position(offset: number): Position;
  range(span: Span): Range;
  offset(position: Position): number;
  /** where the line starts and where it ends, its line break left out */
  lineSpan(line: number): Span;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

function lineStarts(text: string, from: number, to: number): number[] {
  const starts: number[] = [];
  const next = text.includes('\r') ? behindAnyBreak : behindLineFeed;
  for (let start = next(text, from); start > 0 && start <= to; start = next(text, start)) starts.push(start);
  return starts;
}

/** 0 where there is none. */
const behindLineFeed = (text: string, from: number): number => text.indexOf('\n', from) + 1;

/** A line also ends where a carriage return stands alone, as of old. */
const ANY_BREAK = /\r(?!\n)|\n/g;

function behindAnyBreak(text: string, from: number): number {
  ANY_BREAK.lastIndex = from;
  return ANY_BREAK.test(text) ? ANY_BREAK.lastIndex : 0;
}

/** The lines above and below a change stay as they are; those below may lie elsewhere. */
function changedStarts(text: string, before: readonly number[], { from, oldEnd, newEnd }: TextChange): number[] {
  const moved = newEnd - oldEnd;
  // what ends a line depends on the character behind it
  const kept = lastAtOrBefore(before, Math.max(0, from - 1));
  const rest = lastAtOrBefore(before, oldEnd + 1) + 1;
  const end = Math.min(text.length, (before[rest] ?? Infinity) + moved - 1);
  const starts = before.slice(0, kept + 1);
  for (const start of lineStarts(text, before[kept] ?? 0, end)) starts.push(start);
  for (let line = rest; line < before.length; line++) starts.push((before[line] ?? 0) + moved);
  return starts;
}

const isLineBreak = (unit: number): boolean => unit === LINE_FEED || unit === CARRIAGE_RETURN;

/** Of rising offsets the place of the last that is not behind this one. */
export function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** With the index of the version before, only what changed is looked at. */
export function indexLines(text: string, before?: LineIndex, change?: TextChange): LineIndex {
  const starts =
    before && change ? changedStarts(text, before.starts, change) : [0, ...lineStarts(text, 0, text.length)];
  const startOf = (line: number) => starts[line] ?? text.length;
  const endOf = (line: number): number => {
    const start = startOf(line);
    let end = startOf(line + 1);
    while (end > start && isLineBreak(text.charCodeAt(end - 1))) end--;
    return end;
  };
  // who asks for a place asks next for one near it
  let last = 0;
  const position = (offset: number): Position => {
    const within = Math.max(0, Math.min(offset, text.length));
    if (within < startOf(last) || within >= startOf(last + 1)) last = lastAtOrBefore(starts, within);
    // no position lies within a line break
    return { line: last, character: Math.min(within, endOf(last)) - startOf(last) };
  };
  const lineSpan = (line: number): Span => [startOf(line), endOf(line)];
  return {
    starts,
    lineCount: starts.length,
    position,
    lineSpan,
    range: (span) => ({ start: position(span[0]), end: position(span[1]) }),
    offset({ line, character }) {
      const [start, end] = lineSpan(Math.max(0, line));
      return Math.min(start + Math.max(0, character), end);
    },
  };
}

export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Touching counts: a cursor at the end of a word is still at that word. */
export function rangesTouch(a: Range, b: Range): boolean {
  return comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
}
